import { setTimeout as sleep } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import { Client } from 'pg';
import { FeedLog } from '../../src/services/shared/events/feed-log.js';
import { retainFeed } from '../../src/services/shared/events/retain-feed.js';
import { type Filled, openDatabase } from '../support/fill-database.js';

const START = { xid: 0n, position: 0n };

let opened: Filled;
let log: FeedLog;
beforeEach(async () => {
  opened = await openDatabase();
  log = new FeedLog(opened.database);
  // What the migrations themselves told.
  await run(sql`truncate feed.event`);
});
afterEach(() => opened.close());

const run = <Row>(statement: RawBuilder<Row>) => opened.database.rows(statement);

/** Noon of a day that lies so many days back, as SQL. */
const noon = (daysAgo: number) =>
  sql`((now() at time zone 'UTC')::date - ${daysAgo}::integer + time '12:00') at time zone 'UTC'`;

/** Events of a day that lies so many days back, in a transaction of their own; each is named for its day. */
const record = (daysAgo: number, count = 1) =>
  run(sql`
    insert into feed.event (recorded_at, kind, subject_kind, subject_id, subject_version, actor, data)
    select ${noon(daysAgo)}, 'test.happened', 'Test', ${daysAgo}, n, 'test', '{}' from generate_series(1, ${count}) n`);

/** Waits until a reader is given everything that is recorded: other databases of the server hold that up for moments. */
async function untilShown(): Promise<void> {
  for (;;) {
    const [row] = await run(sql<{ shown: boolean }>`
      select coalesce(max(xid) < pg_snapshot_xmin(pg_current_snapshot()), true) as shown from feed.event`);
    if (row!.shown) return;
    await sleep(5);
  }
}

const makeDay = (daysAgo: number) =>
  run(sql`select feed.make_day((now() at time zone 'UTC')::date - ${daysAgo}::integer) as made`);

/** The days of the partitions, as days back; the default partition is not among them. */
async function days(): Promise<number[]> {
  const rows = await run(sql<{ ago: number }>`
    select (now() at time zone 'UTC')::date - to_date(substr(c.relname, 7), 'YYYYMMDD') as ago
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'feed.event'::regclass and c.relname <> 'event_default' order by 1 desc`);
  return rows.map(({ ago }) => ago);
}

const caught = async () =>
  (await run(sql<{ count: number }>`select count(*)::integer as count from feed.event_default`))[0]!.count;

/** The days of the events that the log still has, in its order. */
const kept = async () =>
  (await run(sql<{ day: string }>`select subject_id as day from feed.event order by xid, position`)).map(({ day }) =>
    Number(day),
  );

/** Waits until somebody waits for a lock of this database. */
async function untilWaits(client: Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query(`
      select from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())`);
    if (rows.length > 0) return;
    await sleep(5);
  }
}

async function onOtherConnection(use: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: opened.url });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}

describe('old days of the event log', () => {
  it('go whole, and the log says how far it does not reach back', async () => {
    for (const day of [9, 8, 7]) await makeDay(day);
    await record(9, 2);
    await record(8, 3);
    await record(7, 1);
    await record(0, 1);
    await untilShown();
    const { events } = await log.after(START, 100);
    const [lastOf8, firstOf7] = [events[4]!, events[5]!];

    expect(await retainFeed(opened.database, 7)).toMatchObject({ dropped: [expect.any(String), expect.any(String)] });
    expect(await days()).toEqual([7, 0, -1, -2, -3, -4, -5, -6, -7]);
    expect(await kept()).toEqual([7, 0]);
    const before = await log.after({ xid: lastOf8.xid, position: lastOf8.position - 1n }, 100);
    expect(before).toMatchObject({ reaches: false, events: [{ position: firstOf7.position }, {}] });
    expect(await log.after(lastOf8, 100)).toMatchObject({ reaches: true, events: [{}, {}] });
    expect(await retainFeed(opened.database, 7)).toMatchObject({ dropped: [], heldUp: false });
  });

  it('that nothing happened on go without a trace', async () => {
    await makeDay(20);
    await retainFeed(opened.database, 7);
    expect(await days()).toHaveLength(8);
    expect((await log.after(START, 1)).reaches).toBe(true);
  });

  it('leave the end of an emptied log where it was', async () => {
    await makeDay(9);
    await record(9);
    await untilShown();
    const end = await log.end();
    await retainFeed(opened.database, 7);
    expect(await log.end()).toEqual(end);
    expect((await log.after(end, 1)).reaches).toBe(true);
    expect((await log.after(START, 1)).reaches).toBe(false);
  });

  it('wait for a long reader no longer than a moment, and writers no longer behind them', async () => {
    await makeDay(9);
    await record(9);
    await onOtherConnection(async (reader) => {
      await reader.query('begin; select count(*) from feed.event');
      const began = Date.now();
      const dropping = retainFeed(opened.database, 7);
      await record(0);
      const waited = Date.now() - began;
      expect(await dropping).toMatchObject({ dropped: [], heldUp: true });
      expect(waited).toBeLessThan(1_000);
      expect(await kept()).toEqual([9, 0]);
      await reader.query('commit');
    });
    expect(await retainFeed(opened.database, 7)).toMatchObject({ dropped: [expect.any(String)], heldUp: false });
    expect(await kept()).toEqual([0]);
  });

  it('are known to be gone by a reader who waited while they went', async () => {
    await makeDay(9);
    await record(9, 2);
    await untilShown();
    const { events } = await log.after(START, 100);
    expect(events).toHaveLength(2);
    await onOtherConnection(async (keeper) => {
      await keeper.query('begin');
      await keeper.query(`select feed.drop_before((now() at time zone 'UTC')::date - 7)`);
      const read = log.after(START, 100);
      await untilWaits(keeper);
      await keeper.query('commit');
      expect(await read).toMatchObject({ reaches: false, events: [] });
    });
  });

  it('are dropped once by two that keep house at the same time', async () => {
    for (const day of [12, 11, 10, 9]) {
      await makeDay(day);
      await record(day);
    }
    const both = await Promise.all([retainFeed(opened.database, 7), retainFeed(opened.database, 7)]);
    const last = await retainFeed(opened.database, 7);
    expect([...both, last].flatMap(({ dropped }) => dropped)).toHaveLength(4);
    expect(await kept()).toEqual([]);
  });
});

describe('a day whose partition was not made in time', () => {
  /** Drops today's partition, as if nobody had kept house for long. */
  async function loseToday(): Promise<void> {
    await run(sql`
      do $$ begin execute format('drop table feed.event_%s', to_char(now() at time zone 'UTC', 'YYYYMMDD')); end $$`);
  }

  it('gets it later, with the events that came meanwhile, in their places', async () => {
    await loseToday();
    await record(0, 3);
    await record(3, 2);
    await untilShown();
    const before = await log.after(START, 100);
    expect(await caught()).toBe(5);
    expect(await retainFeed(opened.database, 7)).toEqual({ dropped: [], unmade: 0, heldUp: false });
    expect(await caught()).toBe(0);
    expect(await days()).toEqual([3, 0, -1, -2, -3, -4, -5, -6, -7]);
    expect(await log.after(START, 100)).toEqual(before);
    await record(0);
    await untilShown();
    const after = await log.after(before.events.at(-1)!, 100);
    expect(after.events).toHaveLength(1);
    expect(after.events[0]!.position).toBeGreaterThan(before.events.at(-1)!.position);
    expect(await caught()).toBe(0);
  });

  it('waits for it while somebody reads the log', async () => {
    await loseToday();
    await record(0, 3);
    await onOtherConnection(async (reader) => {
      await reader.query('begin; select count(*) from feed.event');
      expect(await retainFeed(opened.database, 7)).toMatchObject({ unmade: 1 });
      expect(await caught()).toBe(3);
      await reader.query('commit');
    });
    expect(await retainFeed(opened.database, 7)).toMatchObject({ unmade: 0 });
    expect(await caught()).toBe(0);
  });

  it('skips no event for a reader while its events are moved', async () => {
    await loseToday();
    await record(0, 20_000);
    await untilShown();
    const seen = new Set<bigint>();
    const moving = (async () => {
      for (;;) if ((await retainFeed(opened.database, 7)).unmade === 0) return;
    })();
    let place = START;
    while (seen.size < 20_000) {
      const { events } = await log.after(place, 500);
      expect(events).toHaveLength(500);
      for (const event of events) seen.add(event.position);
      place = events.at(-1)!;
    }
    await moving;
    expect(await caught()).toBe(0);
  });

  it('keeps what is too much to be moved at once, until all of it is old', async () => {
    await record(9, 50_001);
    const { database } = opened;
    expect(await retainFeed(database, 30)).toEqual({ dropped: [], unmade: 1, heldUp: false });
    expect(await caught()).toBe(50_001);
    await untilShown();
    const end = await log.end();
    expect(await retainFeed(database, 7)).toEqual({ dropped: ['event_default'], unmade: 1, heldUp: false });
    expect(await caught()).toBe(0);
    expect(await log.end()).toEqual(end);
    expect((await log.after(START, 1)).reaches).toBe(false);
  });
});
