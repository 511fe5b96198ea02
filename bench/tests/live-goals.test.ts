import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goalsOf } from '../live/goals.ts';
import type { DelayRound } from '../live/measure-delay.ts';
import type { DeliveryRound } from '../live/measure-deliveries.ts';
import { ratioOf, type Summary } from '../live/summary.ts';

const spent = { server: 1, postgres: 1, client: 1, writer: 1 };

const round = (perSecond: number): DeliveryRound => ({
  perSecond,
  spent,
  window: 100,
});

const deliveries = (audience: 'equal' | 'users' | 'scoped', product: number): Summary => ({
  measured: 'deliveries',
  audience,
  sockets: 500,
  bytes: 360,
  rounds: { product: [round(product)], 'graphql-ws': [round(40)], ws: [round(100)], 'ws in batches': [] },
});

const delay = (p99: readonly number[]): Summary => {
  const delays = (one: number): DelayRound => {
    const of = { p50: 1, p99: one, worst: one };
    return { sinceCommit: of, sinceAsked: of, spent };
  };
  const rounds = { product: p99.map(delays), 'graphql-ws': [], ws: [], 'ws in batches': [] };
  return { measured: 'delay', perSecond: 200, sockets: 500, failures: {}, rounds };
};

const met = (summary: Summary) => goalsOf([summary]).map((goal) => goal.met);

test('a ratio is taken round by round', () => {
  const rounds = {
    product: [round(50), round(10), round(70)],
    'graphql-ws': [],
    ws: [round(100), round(10), round(100)],
    'ws in batches': [],
  };
  assert.equal(
    ratioOf(rounds, 'product', 'ws', ({ perSecond }) => perSecond),
    0.7,
  );
});

test('equal rights are held to bare ws and to twice graphql-ws, different and scoped users to graphql-ws', () => {
  assert.deepEqual(met(deliveries('equal', 81)), [true, true]);
  assert.deepEqual(met(deliveries('equal', 75)), [true, false]);
  assert.deepEqual(met(deliveries('equal', 60)), [false, false]);
  assert.deepEqual(met(deliveries('users', 40)), [true]);
  assert.deepEqual(met(deliveries('users', 39)), [false]);
  assert.deepEqual(met(deliveries('scoped', 40)), [true]);
  assert.deepEqual(met(deliveries('scoped', 39)), [false]);
});

test('who does not keep up has no delay, and misses the goal', () => {
  assert.deepEqual(met(delay([20, 49, 60])), [true]);
  assert.deepEqual(met(delay([50])), [false]);
  assert.deepEqual(goalsOf([delay([])])[0]!.reached, null);
  assert.deepEqual(met(delay([])), [false]);
});
