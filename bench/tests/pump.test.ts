import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pump } from '../live/pump.ts';

const SOCKETS = 1_000;

/** Runs a server that delivers so many calls a second, 10 ms at a time; tells the window at the end. */
function windowAt(callsPerSecond: number, milliseconds: number): { pump: Pump; most: number } {
  let most = 0;
  let arrived = 0;
  const pump = new Pump(SOCKETS, async () => {});
  for (let at = 0; at <= milliseconds; at += 10) {
    most = Math.max(most, pump.published - arrived);
    arrived = Math.min(pump.published, arrived + callsPerSecond / 100);
    pump.take({ at, total: arrived * SOCKETS });
  }
  return { pump, most };
}

test('as many calls are under way as arrive in half a second, but some in any case', () => {
  assert.ok(Math.abs(windowAt(300, 5_000).pump.window - 150) <= 5);
  assert.ok(windowAt(10, 5_000).pump.window === 20);
});

test('the window keeps within what queues may hold', () => {
  const { pump, most } = windowAt(100_000, 5_000);
  assert.equal(pump.window, 200);
  assert.ok(most <= 200);
});

test('nothing is published once it is stopped, and a failure is told', async () => {
  const pump = new Pump(SOCKETS, async () => {
    throw new Error('no database');
  });
  const { published } = pump;
  assert.ok(published > 0);
  await assert.rejects(pump.stop(), /no database/);
  pump.take({ at: 1_000, total: published * SOCKETS });
  assert.equal(pump.published, published);
});
