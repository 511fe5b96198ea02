import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntryName } from '../reads/entries.ts';
import { goalsOf } from '../reads/goals.ts';
import type { CountedRound } from '../reads/run-rounds.ts';
import { summarise } from '../reads/summary.ts';
import { Random } from '../shared/random.ts';
import { median, percentile } from '../shared/statistics.ts';

const round = (perSecond: number, p99: number): CountedRound => ({
  perSecond,
  p50: 1,
  p99,
  requests: 100,
  serverMs: 1,
  postgresMs: 1,
  clientMs: 1,
});

const summaryOf = (rounds: Partial<Record<EntryName, CountedRound[]>>) =>
  summarise({ name: 'page', of: 'page', drawn: false, questions: [] }, rounds, {});

test('a median is the value in the middle, or between the two that are', () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([9, 1, 5, 6]), 5.5);
});

test('the 99th percentile of a hundred values leaves one above it', () => {
  const values = Array.from({ length: 100 }, (_, n) => n + 1);
  assert.equal(percentile(values, 0.99), 99);
  assert.equal(percentile(values, 0.5), 50);
});

test('a ratio is taken round by round: a slow round of the machine changes nothing', () => {
  const { ratios } = summaryOf({
    'product (admin)': [round(200, 1), round(20, 1), round(300, 1)],
    PostGraphile: [round(100, 1), round(10, 1), round(100, 1)],
  });
  assert.deepEqual(ratios['product (admin) / PostGraphile'], { median: 2, rounds: [2, 2, 3] });
});

test('goals tell what was reached, and are met only where it suffices', () => {
  const summary = summaryOf({
    'product (admin)': [round(160, 9)],
    PostGraphile: [round(100, 8)],
    floor: [round(200, 1)],
  });
  assert.deepEqual(
    goalsOf([summary]).map(({ reached, met }) => ({ reached, met })),
    [
      { reached: 1.6, met: true },
      { reached: 9 / 8, met: false },
      { reached: 0.8, met: true },
    ],
  );
});

test('an operator is held to the peer that is asked for what the operator sees', () => {
  const summary = summaryOf({
    'product (operator)': [round(160, 1)],
    PostGraphile: [round(10, 1)],
    'PostGraphile (operator)': [round(160, 1)],
  });
  const [goal] = goalsOf([summary]);
  assert.equal(goal?.reached, 1);
  assert.equal(goal?.met, false);
});

test('a seed draws the same again, another seed something else', () => {
  const draw = (seed: number) => {
    const random = new Random(seed);
    return Array.from({ length: 20 }, () => random.whole(1, 1000));
  };
  assert.deepEqual(draw(1), draw(1));
  assert.notDeepEqual(draw(1), draw(2));
  assert.ok(draw(3).every((value) => value >= 1 && value <= 1000));
});
