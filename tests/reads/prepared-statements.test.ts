import { Pool, type PoolClient } from 'pg';
import { PreparedStatements } from '../../src/services/shared/database/prepared-statements.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

const MOST = 3;
let created: TestDatabase;
let pool: Pool;
let prepared: PreparedStatements;

beforeAll(async () => {
  created = await createDatabase();
});
beforeEach(() => {
  pool = new Pool({ connectionString: created.url, max: 2 });
  prepared = new PreparedStatements(pool, MOST);
});
afterEach(() => pool.end());
afterAll(() => created?.drop());

const statement = (n: number) => `select ${n} || $1::text`;
const run = (n: number, value = 'x') => prepared.text(statement(n), [value]);
const runTwice = async (n: number) => [await run(n), await run(n)];

/** What a connection keeps prepared, in alphabetical order. */
async function keptBy(client: Pool | PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ statement: string }>('select statement from pg_prepared_statements order by 1');
  return rows.map((row) => row.statement);
}

/** Runs something while only one of the pool's two connections is free, the first or the second. */
async function onConnection(which: 0 | 1, work: () => Promise<unknown>): Promise<string[]> {
  const clients = await Promise.all([pool.connect(), pool.connect()]);
  // The pool hands them out in no certain order; their processes tell them apart.
  const ids = await Promise.all(
    clients.map(async (client) => (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid),
  );
  const [first, second] = ids[0]! < ids[1]! ? clients : [...clients].reverse();
  const [free, held] = which === 0 ? [first!, second!] : [second!, first!];
  free.release();
  try {
    await work();
    const client = await pool.connect();
    try {
      expect(client).toBe(free);
      return await keptBy(client);
    } finally {
      client.release();
    }
  } finally {
    held.release();
  }
}

describe('a statement', () => {
  it('is prepared when it comes for the second time, and answers the same each time', async () => {
    expect(await run(1, 'a')).toBe('1a');
    expect(await keptBy(pool)).toEqual([]);
    expect(await run(1, 'b')).toBe('1b');
    expect(await keptBy(pool)).toEqual([statement(1)]);
    expect(await run(1, 'c')).toBe('1c');
    expect(await keptBy(pool)).toEqual([statement(1)]);
  });

  it('gives null for no row, and for null', async () => {
    expect(await prepared.text('select $1::text where false', ['x'])).toBeNull();
    expect(await prepared.text('select $1::text', [null])).toBeNull();
  });

  it('that fails leaves the connection as good as before', async () => {
    const failing = 'select (1 / $1::int)::text';
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await expect(prepared.text(failing, [0])).rejects.toMatchObject({ code: '22012' });
      await expect(prepared.text('select nothing', [])).rejects.toMatchObject({ code: '42703' });
    }
    expect(await prepared.text(failing, [1])).toBe('1');
    for (const n of [1, 2, 3, 4, 5]) {
      await runTwice(n);
      await expect(prepared.text(failing, [0])).rejects.toMatchObject({ code: '22012' });
      expect((await keptBy(pool)).length).toBeLessThanOrEqual(MOST);
    }
    expect(pool.totalCount).toBe(1);
    expect(pool.idleCount).toBe(1);
  });
});

describe('what a connection keeps prepared', () => {
  it('is never more than the bound, and what was not used for longest makes way', async () => {
    for (const n of [1, 2, 3]) await runTwice(n);
    await run(1);
    for (const n of [4, 5]) {
      await runTwice(n);
      expect((await keptBy(pool)).length).toBeLessThanOrEqual(MOST);
    }
    expect(await keptBy(pool)).toEqual([1, 4, 5].map(statement));
    expect(await run(2)).toBe('2x');
  });

  it('is let go of by every connection that has it', async () => {
    const both = [1, 2, 3];
    for (const n of both) await run(n);
    for (const which of [0, 1] as const) {
      expect(await onConnection(which, async () => Promise.all(both.map((n) => run(n))))).toEqual(both.map(statement));
    }
    const kept = await onConnection(0, async () => {
      for (const n of [4, 5]) await runTwice(n);
    });
    expect(kept).toEqual([3, 4, 5].map(statement));
    expect(await onConnection(1, () => run(5))).toEqual([3, 5].map(statement));
  });

  it('holds nothing for good that was retired while its turn had not come', async () => {
    pool.options.max = 1;
    await runTwice(1);
    const holder = await pool.connect();
    // All of these wait for the one connection, while later ones push the first from among the kept.
    const waiting = [run(1), ...[2, 3, 4, 5].flatMap((n) => [run(n), run(n)]), run(1), run(1)];
    holder.release();
    expect(await Promise.all(waiting)).toHaveLength(waiting.length);
    for (const n of [6, 7, 8]) await runTwice(n);
    expect(await keptBy(pool)).toEqual([6, 7, 8].map(statement));
  });

  it('is within the bound after many at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => run((i * 7) % 11, `${i}`)));
    expect(answers).toEqual(Array.from({ length: 200 }, (_, i) => `${(i * 7) % 11}${i}`));
    for (const which of [0, 1] as const) {
      const kept = await onConnection(which, () => run(0));
      expect(kept.length).toBeLessThanOrEqual(MOST);
    }
  });
});
