import { randomUUID } from 'node:crypto';
import { createClient } from '@redis/client';
import type { FeedEvent } from '../../src/services/shared/events/event.js';
import { decodeBatch, encodeBatch, type FeedBatch } from '../../src/services/shared/live/feed-batch.js';
import { RedisBus } from '../../src/services/shared/live/redis-bus.js';
import { findFreePort } from '../../src/services/shared/postgres/free-port.js';
import { until } from '../support/load-process.js';
import { describeWithRedis, startRedis, type TestRedis, useRedis } from '../support/redis.js';

const EPOCH = '6f0bb6a2-5a3a-4a3e-9d0e-000000000001';

function eventAt(position: number, data: Record<string, unknown> = {}): FeedEvent {
  return {
    xid: 18_446_744_073_709_551_615n,
    position: BigInt(position),
    kind: 'test.happened',
    subject: { kind: 'Test', id: String(position), version: 1 },
    actor: 'system:test',
    recordedAt: new Date('2026-11-20T12:00:00.123Z'),
    data,
  };
}

const placeOf = ({ xid, position }: FeedEvent) => ({ xid, position });

function batchOf(...events: FeedEvent[]): FeedBatch {
  const from = { xid: 1n, position: 0n };
  const last = events.at(-1);
  return { epoch: EPOCH, from, to: last ? placeOf(last) : from, events, leaving: false };
}

const decodeAll = (messages: string[]) => messages.map((message) => decodeBatch(message)!.batch);

describe('the messages of a batch', () => {
  it('bring back what went in, whatever is in an event', () => {
    const odd = {
      zero: '\u0000',
      quote: '"\\',
      line: '\u2028',
      face: '🙂',
      half: '\ud800',
      deep: [{ a: null }],
      n: 1e21,
    };
    const batch = batchOf(eventAt(1, odd), eventAt(Number.MAX_SAFE_INTEGER));
    const [message, ...others] = encodeBatch('one', batch, 10_000);
    expect(others).toEqual([]);
    // As it goes over the wire.
    expect(decodeBatch(Buffer.from(message!, 'utf8').toString('utf8'))).toEqual({ node: 'one', batch });
  });

  it('say that nothing was there, and that a node leaves', () => {
    const nothing = { ...batchOf(), leaving: true };
    expect(decodeAll(encodeBatch('one', nothing, 100))).toEqual([nothing]);
  });

  it('are bounded in size, and join without a hole', () => {
    const batch = batchOf(...Array.from({ length: 100 }, (_, i) => eventAt(i + 1, { text: 'я'.repeat(100) })));
    const messages = encodeBatch('one', batch, 2_000);
    const parts = decodeAll(messages);
    expect(Math.max(...messages.map((message) => Buffer.byteLength(message)))).toBeLessThan(2_500);
    expect(parts.flatMap(({ events }) => events)).toEqual(batch.events);
    expect(parts[0]!.from).toEqual(batch.from);
    expect(parts.at(-1)!.to).toEqual(batch.to);
    for (const [i, { to, events }] of parts.entries()) {
      expect(placeOf(events.at(-1)!)).toEqual(to);
      if (i > 0) expect(parts[i - 1]!.to).toEqual(parts[i]!.from);
    }
  });

  it.each([0, 1, 2])('leave a hole for an event that is too large, at place %d of three', (large) => {
    const events = [0, 1, 2].map((i) => eventAt(i + 1, i === large ? { text: 'x'.repeat(1_000) } : {}));
    const parts = decodeAll(encodeBatch('one', batchOf(...events), 500));
    const held = placeOf(events[large]!);
    // Somebody who stands before the hole finds a message that begins behind it.
    expect(parts.some(({ from }) => from.position === held.position)).toBe(true);
    expect(parts.every(({ from, to }) => !(from.position < held.position && to.position >= held.position))).toBe(true);
    expect(parts.flatMap((part) => part.events)).toEqual(events.filter((_, i) => i !== large));
    expect(parts.at(-1)!.to).toEqual(placeOf(events[2]!));
  });

  it('are not read when they are none, of another version, or damaged', () => {
    const [message] = encodeBatch('one', batchOf(eventAt(1)), 1_000);
    for (const damaged of [
      '',
      'hello',
      'null',
      '{}',
      message!.slice(0, -1),
      message!.replace('"format":1', '"format":2'),
      message!.replace('1:0', '1:0:0'),
      message!.replace('"version":1', '"version":"1"'),
      message!.replace('"data":{}', '"data":null'),
    ]) {
      expect(damaged).not.toBe(message);
      expect(decodeBatch(damaged)).toBeUndefined();
    }
  });
});

describeWithRedis('the bus over Redis', () => {
  let redis: Pick<TestRedis, 'url' | 'stop'>;
  const buses: RedisBus[] = [];
  const said: string[] = [];

  beforeAll(async () => {
    redis = await useRedis();
  });
  afterEach(async () => {
    await Promise.all(buses.splice(0).map((bus) => bus.stop()));
    said.length = 0;
  });
  afterAll(() => redis.stop());

  function open(installation: string, url = redis.url) {
    const log = { info: (words: string) => said.push(words), warn: (words: string) => said.push(words) };
    const bus = new RedisBus(url, installation, log);
    const received: FeedBatch[] = [];
    bus.onBatch = (batch) => received.push(batch);
    bus.start();
    buses.push(bus);
    return { bus, received };
  }
  const connected = (bus: RedisBus) => until(async () => bus.connected, 'the bus');

  it('brings a batch to the other nodes of the installation, not to the sender and no other installation', async () => {
    const installation = randomUUID();
    const one = open(installation);
    const other = open(installation);
    const foreign = open(randomUUID());
    await Promise.all([one, other, foreign].map(({ bus }) => connected(bus)));
    const first = batchOf(eventAt(1, { text: 'Ж\u0000' }));
    const second = batchOf(eventAt(2, { text: 'x'.repeat(200_000) }), eventAt(3, { text: 'y'.repeat(200_000) }));
    one.bus.publish(first);
    one.bus.publish(second);
    await until(async () => other.received.length === 3, 'three messages');
    expect(other.received[0]).toEqual(first);
    expect(other.received.flatMap(({ events }) => events)).toEqual([...first.events, ...second.events]);
    other.bus.publish(batchOf());
    await until(async () => one.received.length === 1, 'an answer');
    expect(foreign.received).toEqual([]);
  });

  it('says once that a message is none of ours, and goes on', async () => {
    const installation = randomUUID();
    const { bus, received } = open(installation);
    const { bus: sender } = open(installation);
    await Promise.all([connected(bus), connected(sender)]);
    const client = await createClient({ url: redis.url }).connect();
    for (let i = 0; i < 3; i += 1) await client.publish(`switchboard:feed:${installation}`, 'hello');
    client.destroy();
    sender.publish(batchOf());
    await until(async () => received.length === 1, 'a batch');
    expect(said.filter((words) => words.includes("none of this version's"))).toHaveLength(2);
  });

  it('starts without a server, says so once and without its password, and sends nothing', async () => {
    const port = await findFreePort();
    const { bus } = open(randomUUID(), `redis://:secret-word@127.0.0.1:${port}`);
    await until(async () => said.length > 0, 'words');
    bus.publish(batchOf());
    await new Promise((resume) => setTimeout(resume, 300));
    expect(bus.connected).toBe(false);
    expect(said).toEqual([expect.stringMatching(/^Redis is away \(.*ECONNREFUSED.*\): each node reads/)]);
    expect(said.join()).not.toContain('secret-word');
  });

  it('signs in with the password of the address', async () => {
    const locked = await startRedis('--requirepass', 'p@ss/word');
    try {
      const { bus } = open(randomUUID(), locked.url.replace('redis://', 'redis://:p%40ss%2Fword@'));
      await connected(bus);
      const { bus: stranger } = open(randomUUID(), locked.url);
      await until(async () => said.some((words) => words.includes('NOAUTH')), 'words');
      expect(stranger.connected).toBe(false);
    } finally {
      await locked.stop();
    }
  });

  it('is back by itself after the server was killed and started anew', async () => {
    const own = await startRedis();
    try {
      const installation = randomUUID();
      const [one, other] = [open(installation, own.url), open(installation, own.url)];
      await Promise.all([connected(one.bus), connected(other.bus)]);
      await own.kill();
      await until(async () => !one.bus.connected && !other.bus.connected, 'the loss');
      one.bus.publish(batchOf(eventAt(1)));
      await own.startAgain();
      await Promise.all([connected(one.bus), connected(other.bus)]);
      one.bus.publish(batchOf(eventAt(2)));
      await until(async () => other.received.length > 0, 'a batch');
      expect(other.received).toEqual([batchOf(eventAt(2))]);
      expect(said.filter((words) => words.startsWith('Redis is back'))).toHaveLength(2);
    } finally {
      await own.stop();
    }
  });

  it('counts as away while the server hangs, holds a bounded number of messages, and is back after', async () => {
    const own = await startRedis();
    try {
      const installation = randomUUID();
      const [one, other] = [open(installation, own.url), open(installation, own.url)];
      await Promise.all([connected(one.bus), connected(other.bus)]);
      own.pause();
      for (let i = 0; i < 200; i += 1) one.bus.publish(batchOf(eventAt(i)));
      await until(async () => !one.bus.connected, 'the loss');
      own.resume();
      await connected(one.bus);
      one.bus.publish(batchOf(eventAt(1_000)));
      await until(async () => other.received.at(-1)?.to.position === 1_000n, 'the last batch');
      expect(other.received.length).toBeLessThan(200);
    } finally {
      own.resume();
      await own.stop();
    }
  });
});
