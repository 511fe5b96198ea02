import { setTimeout as sleep } from 'node:timers/promises';
import type { MikroORM } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { Client } from 'pg';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { Database } from '../../src/services/shared/database/database.js';
import { connectOrm } from '../../src/services/shared/database/orm.js';
import type { SqlExecutor } from '../../src/services/shared/database/sql-executor.js';
import { announceOn } from '../../src/services/shared/events/announce.js';
import type { FeedEvent } from '../../src/services/shared/events/event.js';
import type { FeedCursor } from '../../src/services/shared/events/feed-cursor.js';
import { FeedLog } from '../../src/services/shared/events/feed-log.js';
import { type FeedConsumer, FeedFollower } from '../../src/services/shared/live/feed-follower.js';
import { Calendar } from '../../src/services/shared/time/calendar.js';
import { systemClock } from '../../src/services/shared/time/clock.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { untilReadable } from '../support/until-readable.js';
import { untilWoken } from '../support/until-woken.js';

const ACTOR = systemActor('test');
/** How often the log is looked at without a signal, in milliseconds. */
const POLL_MS = 250;

let copy: TestDatabase;
let orm: MikroORM;
let database: Database;
let log: FeedLog;
let feed: FeedFollower;
let consumer: Consumer;
const reported: unknown[] = [];

beforeEach(async () => {
  copy = await createDatabase();
  orm = await connectOrm(copy.url, 8);
  database = await Database.over(orm, { calendar: new Calendar('Europe/Moscow'), currency: 'RUB' }, systemClock);
  announceOn(database);
  log = new FeedLog(database);
  feed = new FeedFollower(log, copy.url, (error) => reported.push(error));
  consumer = new Consumer();
  feed.handTo(consumer);
  await feed.start();
});
afterEach(async () => {
  await feed.stop();
  await orm.close();
  await copy.drop();
});

const happened = (id: number) => ({
  kind: 'test.happened',
  subject: { kind: 'Test', id: String(id), version: 1 },
  data: { id },
});
const record = (id: number) => database.transact(ACTOR, (work) => work.record([happened(id)]));

/** Takes whatever it is given. */
class Consumer implements FeedConsumer {
  listening = false;
  rested = 0;
  readonly seen: number[] = [];
  readonly missed: [string, FeedCursor][] = [];

  async take(events: readonly FeedEvent[]): Promise<void> {
    this.seen.push(...events.map(({ data }) => data.id as number));
  }

  async miss(reason: string, from: FeedCursor): Promise<void> {
    this.missed.push([reason, from]);
  }

  rest(): void {
    this.rested += 1;
  }
}

async function listen() {
  consumer.listening = true;
  await feed.begin();
  const { seen } = consumer;
  return {
    seen,
    until: async (count: number, patience = 20_000) => {
      const deadline = Date.now() + patience;
      while (seen.length < count && Date.now() < deadline) await sleep(5);
      return seen;
    },
  };
}

describe('following the event log', () => {
  it('is woken by a commit, and does not wait until it looks by itself', async () => {
    const { seen, until } = await listen();
    await untilWoken(
      () => log.reads,
      async () => {
        const next = seen.length + 1;
        await record(next);
        expect((await until(next)).at(-1)).toBe(next);
      },
    );
  });

  it('gives what was committed, and nothing of what was rolled back', async () => {
    const { until } = await listen();
    await record(1);
    expect(await until(1)).toEqual([1]);
    await database
      .transact(ACTOR, async (work) => {
        await work.record([happened(2)]);
        throw new Error('no');
      })
      .catch(() => undefined);
    await record(3);
    expect(await until(2)).toEqual([1, 3]);
  });

  it('skips no transaction that commits late, and none of those that overtook it', async () => {
    const { seen, until } = await listen();
    const late = new Client({ connectionString: copy.url });
    await late.connect();
    await late.query('begin');
    await late.query(`insert into feed.event (kind, subject_kind, subject_id, subject_version, actor, data)
      values ('test.happened', 'Test', 1, 1, 'late', '{"id": 1}')`);
    await record(2);
    await record(3);
    await sleep(300);
    expect(seen).toEqual([]);
    await late.query('commit');
    await late.end();
    expect(await until(3)).toEqual([1, 2, 3]);
  });

  it('gives every event of many writers at once, each exactly once', async () => {
    const { until } = await listen();
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let i = 0; i < 50; i += 1) await record(writer * 1_000 + i);
    });
    await Promise.all(writers);
    const seen = await until(400);
    await sleep(300);
    expect(seen).toHaveLength(400);
    expect(new Set(seen).size).toBe(400);
  });

  it('keeps the order where the ids of transactions gain a digit', async () => {
    const { until } = await listen();
    await database.pool.query(`do $$ begin
      while length((pg_current_xact_id()::text::bigint + 20)::text) = length(pg_current_xact_id()::text) loop commit; end loop;
    end $$`);
    for (let id = 1; id <= 60; id += 1) await record(id);
    expect(await until(60)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  });

  it('goes on after the connection for signals was lost', async () => {
    const { until } = await listen();
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'switchboard-feed' and datname = current_database()`,
    );
    await record(1);
    expect(await until(1)).toEqual([1]);
  });

  describe('over an outage', () => {
    /** Lets nobody into the database, and sends away who is in, while something is tried. */
    async function outage(during: () => Promise<void>): Promise<void> {
      const server = new Client({ connectionString: process.env.TEST_DATABASE_SERVER! });
      const name = new URL(copy.url).pathname.slice(1);
      await server.connect();
      await server.query(`alter database ${name} allow_connections false`);
      await server.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
      try {
        await during();
      } finally {
        await server.query(`alter database ${name} allow_connections true`);
        await server.end();
      }
    }
    const signals = async () => {
      const { rows } = await database.pool.query(
        `select count(*)::int from pg_stat_activity where application_name = 'switchboard-feed' and datname = current_database()`,
      );
      return rows[0].count as number;
    };

    it('makes one new connection for signals, with few attempts, and listeners go on', async () => {
      reported.length = 0;
      const { until } = await listen();
      await outage(() => sleep(2_500));
      await record(1);
      expect(await until(1)).toEqual([1]);
      // At a quarter of a second, a half, one and two after the loss, and those of the poll.
      expect(reported.length).toBeLessThan(20);
      const deadline = Date.now() + 6_000;
      while ((await signals()) === 0 && Date.now() < deadline) await sleep(50);
      await sleep(300);
      expect(await signals()).toBe(1);
    });

    it('fails to begin in it, and begins after it', async () => {
      await outage(async () => {
        await expect(listen()).rejects.toThrow();
        expect(feed.position).toBeUndefined();
      });
      const { until } = await listen();
      await record(1);
      expect(await until(1)).toEqual([1]);
    });
  });

  it('reads nothing while nobody listens, and begins at the present', async () => {
    let statements = 0;
    const counting: SqlExecutor = {
      rows: (statement) => {
        statements += 1;
        return database.rows(statement);
      },
    };
    await feed.stop();
    feed = new FeedFollower(new FeedLog(counting), copy.url, (error) => {
      throw error;
    });
    await feed.start();
    feed.handTo(consumer);
    for (const [past, present] of [
      [1, 2],
      [3, 4],
    ] as const) {
      const before = statements;
      await record(past);
      await sleep(2 * POLL_MS);
      expect(statements).toBe(before);
      await untilReadable(database);
      const { seen, until } = await listen();
      await record(present);
      expect(await until(1)).toEqual([present]);
      expect(statements).toBeGreaterThan(before);
      consumer.listening = false;
      seen.length = 0;
      // What was begun while somebody listened ends.
      await sleep(2 * POLL_MS);
    }
  });

  it('tells that events are missing where the log was replaced or dropped, and goes on from its end', async () => {
    const { until } = await listen();
    await record(1);
    await until(1);
    await database.rows(sql`update feed.epoch set log = gen_random_uuid()`);
    await record(2);
    while (consumer.missed.length < 1) await sleep(5);
    await untilReadable(database);
    await sleep(2 * POLL_MS);
    await record(3);
    while (consumer.seen.at(-1) !== 3) await sleep(5);
    await database.rows(sql`update feed.epoch set dropped_xid = '9000000000000000000'`);
    while (consumer.missed.length < 2) await sleep(5);
    expect(consumer.missed.map(([reason]) => reason)).toEqual(['LOG_REPLACED', 'LOG_DROPPED']);
  });
});
