import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MikroORM } from '@mikro-orm/postgresql';
import { createClient } from '@redis/client';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { Database } from '../../src/services/shared/database/database.js';
import { connectOrm } from '../../src/services/shared/database/orm.js';
import { announceOn } from '../../src/services/shared/events/announce.js';
import type { FeedEvent } from '../../src/services/shared/events/event.js';
import { FeedLog } from '../../src/services/shared/events/feed-log.js';
import { type FeedConsumer, FeedFollower } from '../../src/services/shared/live/feed-follower.js';
import { ReaderLease } from '../../src/services/shared/live/reader-lease.js';
import { RedisBus } from '../../src/services/shared/live/redis-bus.js';
import { SharedLog } from '../../src/services/shared/live/shared-log.js';
import { Calendar } from '../../src/services/shared/time/calendar.js';
import { systemClock } from '../../src/services/shared/time/clock.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { delayOfEvent } from '../support/delay-of-event.js';
import { until } from '../support/load-process.js';
import { describeWithRedis, startRedis, type TestRedis } from '../support/redis.js';
import { untilReadable } from '../support/until-readable.js';

const ACTOR = systemActor('test');
/** How soon an event that may be read is with every node when nothing is wrong, in milliseconds: sooner than silence is noticed. */
const SOON_MS = 800;
const silent = { info: () => undefined, warn: () => undefined };

let copy: TestDatabase;
let orm: MikroORM;
let database: Database;
let redis: TestRedis;
let installation: string;
const nodes: Node[] = [];
const reported: unknown[] = [];

/** What a node has of the shared feed, without the server before it. */
class Node implements FeedConsumer {
  listening = true;
  missed = 0;
  /** What it waits for before it takes a batch. */
  held: Promise<void> = Promise.resolve();
  readonly seen: number[] = [];
  readonly log = new FeedLog(database);
  readonly bus = new RedisBus(redis.url, installation, silent);
  readonly shared = new SharedLog(this.log, this.bus, new ReaderLease(copy.url, report));
  readonly follower = new FeedFollower(this.shared, copy.url, report);

  static async open(): Promise<Node> {
    const node = new Node();
    nodes.push(node);
    node.follower.handTo(node);
    node.shared.onNews = () => node.follower.look();
    node.shared.start();
    await node.follower.start();
    await until(async () => node.bus.connected, 'Redis');
    await node.follower.begin();
    return node;
  }

  async take(events: readonly FeedEvent[]): Promise<void> {
    await this.held;
    this.seen.push(...events.map(({ data }) => data.id as number));
  }
  async miss(): Promise<void> {
    this.missed += 1;
  }
  rest(): void {}

  async close(): Promise<void> {
    await this.follower.stop();
    await this.shared.stop();
  }
}

const report = (error: unknown) => reported.push(error);

beforeEach(async () => {
  copy = await createDatabase();
  orm = await connectOrm(copy.url, 12);
  database = await Database.over(orm, { calendar: new Calendar('Europe/Moscow'), currency: 'RUB' }, systemClock);
  announceOn(database);
  installation = randomUUID();
});
afterEach(async () => {
  await Promise.all(nodes.splice(0).map((node) => node.close()));
  await database.close();
  await copy.drop();
  reported.length = 0;
});

let recorded = 0;
async function record(count = 1, data: Record<string, unknown> = {}): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    recorded += 1;
    const id = recorded;
    const happened = { kind: 'test.happened', subject: { kind: 'Test', id: String(id), version: 1 } };
    await database.transact(ACTOR, (work) => work.record([{ ...happened, data: { ...data, id } }]));
  }
}

/** Opens nodes, and waits until one of them reads for the others. */
async function openNodes(count: number): Promise<{ all: Node[]; reader: Node; others: Node[] }> {
  recorded = 0;
  const all: Node[] = [];
  for (let i = 0; i < count; i += 1) all.push(await Node.open());
  await untilShared(all);
  // Reads that were under way before are over when all have this.
  await record();
  await expectAll(all);
  const reader = all.find(({ shared }) => shared.isReader)!;
  return { all, reader, others: all.filter((node) => node !== reader) };
}

const isSettled = (all: readonly Node[]) =>
  all.filter(({ shared }) => shared.isReader).length === 1 &&
  all.every(({ shared }) => shared.isReader || shared.isServed);
const untilShared = (all: readonly Node[]) => until(async () => isSettled(all), 'one reader');

/** Waits until all have all that was recorded, and expects that nothing is missing, twice or out of order. */
async function expectAll(all: readonly Node[]): Promise<void> {
  await until(
    async () => all.every(({ seen }) => seen.length >= recorded),
    `${recorded} events; ${all.map(({ seen }) => seen.length)} came`,
  );
  const expected = Array.from({ length: recorded }, (_, i) => i + 1);
  for (const { seen, missed } of all) {
    expect(seen).toEqual(expected);
    expect(missed).toBe(0);
  }
}

/** How long an event takes to all of them, in milliseconds. */
const delayTo = (all: readonly Node[]) =>
  delayOfEvent(database, SOON_MS, {
    record,
    arrived: () => until(async () => all.every(({ seen }) => seen.at(-1) === recorded), 'an event'),
  });

describeWithRedis('the event log that nodes share', () => {
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  it('is read by one node, and given to all in order', async () => {
    const { all, reader, others } = await openNodes(3);
    const before = all.map(({ log }) => log.reads);
    await record(100);
    await expectAll(all);
    expect(reader.log.reads - before[all.indexOf(reader)]!).toBeGreaterThan(3);
    // Nor is it read by others while nothing happens. A moment in which the machine stands still is let pass.
    await sleep(600);
    for (const other of others) expect(other.log.reads - before[all.indexOf(other)]!).toBeLessThan(3);
    expect(reported).toEqual([]);
  });

  it('is read by another node when the one that read has no listeners any more, or ends', async () => {
    const { all, reader, others } = await openNodes(3);
    reader.listening = false;
    await until(async () => reader.follower.position === undefined, 'its rest');
    await untilShared(others);
    expect(await delayTo(others)).toBeLessThan(SOON_MS);
    const second = others.find(({ shared }) => shared.isReader)!;
    await Promise.all([second.close(), record(50)]);
    await expectAll(all.filter((node) => node !== reader && node !== second));
    expect(reader.seen).toEqual([1]);
  });

  it('goes on when the connection that holds the lease is lost in mid-burst', async () => {
    const { all } = await openNodes(3);
    const burst = record(100);
    await sleep(20);
    const { rowCount } = await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'switchboard-reader' and datname = current_database()`,
    );
    expect(rowCount).toBeGreaterThan(0);
    await burst;
    await expectAll(all);
    await untilShared(all);
  });

  it('is complete where Redis loses messages, and no client notices', async () => {
    const { all } = await openNodes(3);
    const client = await createClient({ url: redis.url }).connect();
    const burst = record(200);
    for (let i = 0; i < 3; i += 1) {
      await sleep(50);
      await client.sendCommand(['CLIENT', 'KILL', 'TYPE', 'pubsub']);
    }
    client.destroy();
    await burst;
    await expectAll(all);
    await untilShared(all);
  });

  it('is complete while Redis hangs, and soon shared again after', async () => {
    const { all } = await openNodes(3);
    const burst = record(200);
    await sleep(20);
    redis.pause();
    const paused = performance.now();
    try {
      await burst;
      await untilReadable(database);
      const readable = performance.now();
      await expectAll(all);
      // Silence is noticed after a second; then each reads by itself.
      expect(performance.now() - readable).toBeLessThan(5_000);
      await sleep(Math.max(0, 1_200 - (performance.now() - paused)));
      expect(await delayTo(all)).toBeLessThan(SOON_MS);
      expect(all.some(({ shared }) => shared.isServed)).toBe(false);
    } finally {
      redis.resume();
    }
    await untilShared(all);
    expect(await delayTo(all)).toBeLessThan(SOON_MS);
    await expectAll(all);
  });

  it('leaves what is too large for a message to each node', async () => {
    const { all, others } = await openNodes(2);
    const before = others[0]!.log.reads;
    await record(1, { text: 'x'.repeat(300_000) });
    await record(3);
    await expectAll(all);
    expect(others[0]!.log.reads).toBeGreaterThan(before);
  });

  it('does not wait for a reader that is slower than the others', async () => {
    const { all, reader, others } = await openNodes(3);
    const gate = Promise.withResolvers<void>();
    reader.held = gate.promise;
    await record(20);
    await until(async () => others.every(({ seen }) => seen.length === recorded), 'the others');
    expect(reader.seen).toEqual([1]);
    gate.resolve();
    await expectAll(all);
    await untilShared(all);
  });

  it('is read by each node while the one that has the lease is far behind', async () => {
    recorded = 0;
    const lease = new ReaderLease(copy.url, report);
    await lease.take();
    const laggard = new RedisBus(redis.url, installation, silent);
    laggard.start();
    await until(async () => laggard.connected, 'Redis');
    const { epoch, ...place } = await new FeedLog(database).end();
    const all = [await Node.open(), await Node.open()];
    await record();
    await expectAll(all);
    const beat = setInterval(() => laggard.publish({ epoch, from: place, to: place, events: [], leaving: false }), 20);
    try {
      await sleep(200);
      expect(await delayTo(all)).toBeLessThan(SOON_MS);
      expect(all.map(({ shared }) => shared.readsItself)).toEqual([true, true]);
    } finally {
      clearInterval(beat);
      await Promise.all([lease.stop(), laggard.stop()]);
    }
    await untilShared(all);
  });

  it('is not taken from who reads another log under the same name', async () => {
    const { all } = await openNodes(2);
    const stranger = new RedisBus(redis.url, installation, silent);
    stranger.start();
    await until(async () => stranger.connected, 'Redis');
    const at = { xid: 2n ** 60n, position: 1n };
    const subject = { kind: 'Test', id: '1', version: 1 };
    const event = { ...at, kind: 'test.happened', subject, actor: 'x', recordedAt: new Date(), data: { id: -1 } };
    stranger.publish({ epoch: randomUUID(), from: { xid: 0n, position: 0n }, to: at, events: [event], leaving: false });
    await record(20);
    await expectAll(all);
    await stranger.stop();
  });
});
