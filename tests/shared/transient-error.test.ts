import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Client, Pool } from 'pg';
import { isTransient } from '../../src/services/shared/database/transient-error.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

/** What a piece of work fails with. */
async function failureOf(run: () => Promise<unknown>): Promise<unknown> {
  try {
    await run();
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail.');
}

async function withClient(run: (client: Client) => Promise<unknown>): Promise<unknown> {
  const client = new Client({ connectionString: database.url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

describe('a failure', () => {
  it('may pass where it lay at the connection', async () => {
    const url = new URL(database.url);
    url.port = '1';
    expect(isTransient(await failureOf(() => new Client({ connectionString: url.href }).connect()))).toBe(true);
    const ended = await failureOf(() =>
      withClient((client) => client.query('select pg_terminate_backend(pg_backend_pid()), pg_sleep(1)')),
    );
    expect(isTransient(ended)).toBe(true);
    const pool = new Pool({ connectionString: database.url });
    await pool.end();
    expect(isTransient(await failureOf(() => pool.query('select 1')))).toBe(true);
    const slow = await failureOf(() =>
      withClient(async (client) => {
        await client.query("set statement_timeout = '10ms'");
        await client.query('select pg_sleep(1)');
      }),
    );
    expect(isTransient(slow)).toBe(true);
  });

  it('comes again where it lies at what was done', async () => {
    for (const statement of ['select 1 / 0', 'select nothing', "select '\\u0000'::jsonb ->> 0"]) {
      expect(isTransient(await failureOf(() => withClient((client) => client.query(statement))))).toBe(false);
    }
    const directory = await mkdtemp(`${tmpdir()}/switchboard-test-`);
    expect(isTransient(await failureOf(() => readFile(directory)))).toBe(false);
    expect(isTransient(new TypeError('x is not a function'))).toBe(false);
    expect(isTransient('words')).toBe(false);
  });
});
