import { chown, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import { Client } from 'pg';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { Database } from '../../src/services/shared/database/database.js';
import { migrate } from '../../src/services/shared/database/migrate.js';
import { connectOrm } from '../../src/services/shared/database/orm.js';
import { adoptLog } from '../../src/services/shared/events/adopt-log.js';
import type { FeedEvent } from '../../src/services/shared/events/event.js';
import { type FeedCursor, isAfter } from '../../src/services/shared/events/feed-cursor.js';
import { FeedLog } from '../../src/services/shared/events/feed-log.js';
import { makeMark } from '../../src/services/shared/postgres/process-mark.js';
import { removeCluster } from '../../src/services/shared/postgres/remove-cluster.js';
import { type Cluster, startCluster } from '../../src/services/shared/postgres/start-cluster.js';
import { Calendar } from '../../src/services/shared/time/calendar.js';
import { systemClock } from '../../src/services/shared/time/clock.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/load-process.js';

const ACTOR = systemActor('test');
const START = { xid: 0n, position: 0n };

let source: TestDatabase;
let database: Database;
let log: FeedLog;
const closing: (() => Promise<void>)[] = [];

beforeEach(async () => {
  source = await createDatabase();
  closing.push(() => source.drop());
  database = await open(source.url);
  log = new FeedLog(database);
  // What the migrations themselves told.
  await database.rows(sql`truncate feed.event`);
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Opens a database of an address as the product does; it is closed when the test ends, if it is not before. */
async function open(url: string): Promise<Database> {
  const orm = await connectOrm(url, 4);
  const settings = { calendar: new Calendar('Europe/Moscow'), currency: 'RUB' };
  const one = await Database.over(orm, settings, systemClock);
  let closed: Promise<void> | undefined;
  const close = one.close.bind(one);
  one.close = () => (closed ??= close());
  closing.push(() => one.close());
  return one;
}

/** Events of one subject, one a transaction, with its versions from one to another. */
async function record(database: Database, from: number, to: number, id = '1'): Promise<void> {
  for (let version = from; version <= to; version += 1) {
    const subject = { kind: 'Test', id, version };
    await database.transact(ACTOR, (work) => work.record([{ kind: 'test.happened', subject, data: {} }]));
  }
}

const versions = (events: readonly FeedEvent[]) => events.map(({ subject }) => subject.version);

/** What a reader that follows from a place is given in all, waiting for so many. */
async function follow(
  database: Database,
  from: { xid: bigint; position: bigint },
  count: number,
): Promise<FeedEvent[]> {
  const seen: FeedEvent[] = [];
  const deadline = Date.now() + 5_000;
  for (let place = from; seen.length < count && Date.now() < deadline; ) {
    const { events } = await new FeedLog(database).after(place, 3);
    seen.push(...events);
    place = events.at(-1) ?? place;
    if (events.length === 0) await sleep(5);
  }
  return seen;
}

/** Copies the database as it is, by PostgreSQL's own means. */
async function copied(): Promise<Database> {
  const server = new Client({ connectionString: process.env.TEST_DATABASE_SERVER! });
  const name = new URL(source.url).pathname.slice(1);
  await database.close();
  await server.connect();
  await server.query(`create database ${name}_copy template ${name} strategy file_copy`);
  closing.push(async () => {
    await server.query(`drop database ${name}_copy with (force)`);
    await server.end();
  });
  const url = new URL(source.url);
  url.pathname = `/${name}_copy`;
  return open(url.href);
}

const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** A cluster of its own, whose transactions have been few. */
async function freshCluster(): Promise<{ cluster: Cluster; directory: string }> {
  const directory = join(tmpdir(), `switchboard-test-${await makeMark()}`);
  await mkdir(directory, { mode: 0o711 });
  closing.push(() => rm(directory, { recursive: true, force: true }));
  const home = join(directory, 'postgres');
  const cluster = await startCluster({ directory: home, settings: FAST, log: () => undefined });
  closing.push(async () => {
    await cluster.stop();
    await removeCluster(home);
  });
  return { cluster, directory: home };
}

describe('a database that is the one it was', () => {
  it('keeps its log, at the cost of one statement a start', async () => {
    await record(database, 1, 3);
    await follow(database, START, 3);
    const end = await log.end();
    expect(await adoptLog(database)).toEqual({ renewed: false, warning: undefined });
    expect(await log.end()).toEqual(end);
    let statements = 0;
    const rows = database.rows.bind(database);
    database.rows = <Row>(statement: RawBuilder<Row>) => {
      statements += 1;
      return rows(statement);
    };
    database.transact = () => Promise.reject(new Error('nothing is to be written'));
    expect(await adoptLog(database)).toEqual({ renewed: false, warning: undefined });
    expect(statements).toBe(1);
  });
});

describe('a copy of a database', () => {
  it('has another log with the same events, of the same installation', async () => {
    await adoptLog(database);
    await record(database, 1, 5);
    const [installation, before] = [await log.installation(), await log.end()];
    const copy = await copied();
    const copiedLog = new FeedLog(copy);
    expect((await copiedLog.end()).epoch).toBe(before.epoch);

    // Of several that start at once, one makes it its own.
    const adopted = await Promise.all([adoptLog(copy), adoptLog(copy), adoptLog(copy)]);
    expect(adopted.filter(({ renewed }) => renewed)).toHaveLength(1);
    expect((await copiedLog.end()).epoch).not.toBe(before.epoch);
    expect(await copiedLog.installation()).toBe(installation);
    await record(copy, 6, 8);
    expect(versions(await follow(copy, START, 8))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect((await adoptLog(copy)).renewed).toBe(false);
  });

  it('gives what is being written while it is adopted behind what was kept', async () => {
    await adoptLog(database);
    await record(database, 1, 3);
    const copy = await copied();
    const insert = (version: number) =>
      sql`insert into feed.event (kind, subject_kind, subject_id, subject_version, actor, data)
        values ('test.happened', 'Test', 1, ${version}, 'late', '{}')`;
    let began = () => {};
    const beginning = new Promise<void>((resolve) => {
      began = resolve;
    });
    let goOn = () => {};
    const adopting = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    // It has its id before the adoption, and writes its event only afterwards.
    const late = copy.transact(ACTOR, async (work) => {
      await work.rows(sql`select pg_current_xact_id()`);
      began();
      await adopting;
      await work.rows(insert(4));
    });
    await beginning;
    const { renewed } = await adoptLog(copy).finally(goOn);
    await late;
    expect(renewed).toBe(true);
    expect(versions(await follow(copy, START, 4))).toEqual([1, 2, 3, 4]);
  });

  it('leaves webhooks where they were: none of their events is skipped, and they are told', async () => {
    await adoptLog(database);
    await record(database, 1, 6);
    const { events } = await follow(database, START, 6).then((seen) => ({ events: seen }));
    const places = [START, events[1]!, events[4]!, events[5]!];
    const { epoch } = await log.end();
    for (const { xid, position } of places) {
      await database.rows(sql`
        insert into webhook_endpoint (url, event_kinds, secret, log, xid, position)
        values ('https://partner.example', '{test.happened}', 'x', ${epoch}::uuid, ${String(xid)}::bigint, ${String(position)}::bigint)`);
    }
    const copy = await copied();
    await adoptLog(copy);
    const now = await new FeedLog(copy).end();
    const endpoints = await copy.rows(sql<{ log: string; xid: string; position: string; gap_reason: string }>`
      select log, xid, position, gap_reason from webhook_endpoint order by id`);
    const left = await Promise.all(
      endpoints.map(async ({ xid, position }) =>
        versions((await new FeedLog(copy).after({ xid: BigInt(xid), position: BigInt(position) }, 10)).events),
      ),
    );
    expect(left).toEqual([[1, 2, 3, 4, 5, 6], [3, 4, 5, 6], [6], []]);
    for (const endpoint of endpoints) expect(endpoint).toMatchObject({ log: now.epoch, gap_reason: 'LOG_REPLACED' });
    const told = await copy.rows(sql`select from webhook_delivery where kind = 'webhook.gap' and state = 'PENDING'`);
    expect(told).toHaveLength(4);
  });

  it('says still that old events were dropped, and how far the kept ones reach', async () => {
    await adoptLog(database);
    await record(database, 1, 4);
    const seen = await follow(database, START, 4);
    await database.rows(sql`delete from feed.event where subject_version <= 2`);
    await database.rows(
      sql`select feed.note_dropped(${String(seen[1]!.xid)}::xid8, ${String(seen[1]!.position)}::bigint)`,
    );
    const copy = await copied();
    await adoptLog(copy);
    const copiedLog = new FeedLog(copy);
    const all = await copiedLog.after(START, 10);
    expect(all.reaches).toBe(false);
    expect(versions(all.events)).toEqual([3, 4]);
    const { xid, position } = all.events[0]!;
    expect(await copiedLog.after({ xid, position: position - 1n }, 10)).toMatchObject({
      reaches: true,
      events: [{}, {}],
    });
  });
});

describe('a dump that is restored', () => {
  /** Brings events and the epoch over into an empty database, as they stand in the other: rows, and no sequences. */
  async function restore(to: Database): Promise<void> {
    await to.rows(sql`truncate feed.event`);
    for (const table of ['feed.epoch', 'feed.event']) {
      const [dump] = await database.rows(sql<{ rows: unknown }>`
        select jsonb_agg(to_jsonb(t)) as rows from ${sql.table(table)} t`);
      if (table === 'feed.epoch') await to.rows(sql`delete from feed.epoch`);
      await to.rows(sql`
        insert into ${sql.table(table)} overriding system value
        select r.* from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(dump!.rows)}::jsonb) r`);
    }
  }

  it('into a cluster whose transaction ids are lower gives old and new events, none skipped', async () => {
    await adoptLog(database);
    await database.pool.query(
      'do $$ begin for n in 1..5000 loop perform pg_current_xact_id(); commit; end loop; end $$',
    );
    await record(database, 1, 7);
    const before: FeedCursor = await log.end();
    const { cluster } = await freshCluster();
    const restored = await open(cluster.url);
    await migrate(restored.orm);
    await restore(restored);
    const restoredLog = new FeedLog(restored);
    // What it would be without: the old events are beyond all that this cluster has run.
    expect((await restoredLog.after(START, 100)).events).toEqual([]);

    expect((await adoptLog(restored)).renewed).toBe(true);
    await record(restored, 8, 10);
    const seen = await follow(restored, START, 10);
    expect(versions(seen)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(seen.every((event, i) => i === 0 || isAfter(event, seen[i - 1]!))).toBe(true);
    // Positions go on behind those restored, though the sequence did not come with them.
    expect(seen.map(({ position }) => position)).toEqual(
      seen.map(({ position }) => position).sort((a, b) => Number(a - b)),
    );
    const end = await restoredLog.end();
    expect(end.epoch).not.toBe(before.epoch);
    expect(await restoredLog.installation()).toBe(await log.installation());
  });

  it('into the database that it was taken from is another log too', async () => {
    await adoptLog(database);
    await record(database, 1, 2);
    const { epoch } = await log.end();
    const rows = await database.rows(sql`select * from feed.epoch`);
    await database.rows(sql`truncate feed.epoch`);
    await database.rows(
      sql`insert into feed.epoch select * from jsonb_populate_recordset(null::feed.epoch, ${JSON.stringify(rows)}::jsonb)`,
    );
    expect((await adoptLog(database)).renewed).toBe(true);
    expect((await log.end()).epoch).not.toBe(epoch);
  });
});

it('a cluster that was recovered to a point in time has another log', async () => {
  const { cluster, directory } = await freshCluster();
  const before = await open(cluster.url);
  await migrate(before.orm);
  await before.rows(sql`truncate feed.event`);
  await adoptLog(before);
  await record(before, 1, 3);
  const { epoch } = await new FeedLog(before).end();
  await before.close();
  await cluster.stop();
  const signal = join(directory, 'data', 'recovery.signal');
  await writeFile(signal, '');
  const { uid, gid } = await stat(join(directory, 'data'));
  await chown(signal, uid, gid);

  const settings = { ...FAST, restore_command: 'false' };
  const recovered = await startCluster({ directory, settings, log: () => undefined });
  closing.push(() => recovered.stop());
  const after = await open(recovered.url);
  // It answers reads while it still recovers.
  await until(async () => {
    const [row] = await after.rows(sql<{ recovers: boolean }>`select pg_is_in_recovery() as recovers`);
    return !row!.recovers;
  }, 'the end of the recovery');
  expect((await adoptLog(after)).renewed).toBe(true);
  expect((await new FeedLog(after).end()).epoch).not.toBe(epoch);
  expect(versions(await follow(after, START, 3))).toEqual([1, 2, 3]);
});

it('a role that may not ask which cluster it is gets a warning, and its log all the same', async () => {
  const name = new URL(source.url).pathname.slice(1);
  await database.pool.query(`
    revoke execute on function pg_control_system() from public;
    create role ${name} login password 'x';
    grant all on schema feed to ${name};
    grant all on all tables in schema feed, public to ${name}`);
  closing.push(async () => {
    await database.pool.query(`drop owned by ${name}; drop role ${name}`);
  });
  const url = new URL(source.url);
  url.username = name;
  url.password = 'x';
  const limited = await open(url.href);
  expect(await adoptLog(limited)).toMatchObject({
    renewed: false,
    warning: expect.stringContaining('pg_control_system()'),
  });
  expect(await adoptLog(limited)).toMatchObject({ renewed: false });
});
