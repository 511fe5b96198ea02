import { sql } from 'kysely';
import { Client } from 'pg';
import { FeedLog } from '../../src/services/shared/events/feed-log.js';
import { type Filled, openDatabase } from '../support/fill-database.js';
import { until } from '../support/load-process.js';

const EVENTS = 20_000;

let filled: Filled;

beforeAll(async () => {
  filled = await openDatabase();
});
afterAll(() => filled?.close());

/** How many rows of the log's days were read from end to end, by a session that has told of it. */
async function readWhole(client: Client): Promise<number> {
  await client.query('select pg_stat_force_next_flush()');
  const { rows } = await client.query(`
    select coalesce(sum(seq_tup_read), 0)::int as read from pg_stat_user_tables
    where schemaname = 'feed' and relname like 'event\\_%'`);
  return rows[0].read;
}

it('a session that first read the log when it was empty reads no more of it than it asks for', async () => {
  const client = new Client({ connectionString: filled.url });
  await client.connect();
  try {
    await client.query('set plan_cache_mode = force_generic_plan');
    const reads = {
      rows: async () => [],
      namedRows: async <Row>(name: string, statement: Parameters<typeof filled.database.compile>[0]) => {
        const { sql: text, parameters } = filled.database.compile(statement);
        return (await client.query({ name, text, values: [...parameters] })).rows as Row[];
      },
    };
    const log = new FeedLog(reads);
    await client.query('analyze');
    await log.end();
    await log.after({ xid: 0n, position: 0n }, 10);
    const before = await readWhole(client);
    await filled.database.rows(sql`
      insert into feed.event (kind, subject_kind, subject_id, subject_version, actor, data)
      select 'thing.changed', 'Thing', n, 1, 'test', '{}' from generate_series(1, ${EVENTS}::integer) n`);
    const [last] = await filled.database.rows(
      sql<{ position: string }>`select max(position) as position from feed.event`,
    );
    // Transactions of other databases on the same server hold it back.
    await until(async () => (await log.end()).position === BigInt(last!.position), 'the last event');
    const { events } = await log.after({ xid: 0n, position: 0n }, 10);
    expect(events).toHaveLength(10);
    expect((await readWhole(client)) - before).toBe(0);
  } finally {
    await client.end();
  }
});
