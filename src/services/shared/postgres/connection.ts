import { realpath } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import { ClusterError } from './cluster-error.js';
import type { ClusterHome } from './cluster-home.js';
import { SUPERUSER } from './initialise-data.js';
import { findPostmaster, type Postmaster } from './postmaster.js';

const DATABASE = 'switchboard';
const PATIENCE_MILLISECONDS = 30_000;
const POLL_MILLISECONDS = 50;

const WRONG_PASSWORD = '28P01';
const DATABASE_EXISTS = '42P04';
const NAME_TAKEN = '23505';

/** The address of a database of the cluster. */
export function databaseUrl(port: number, password: string, database = DATABASE): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}

/**
 * Makes sure that this postmaster answers with our password and has the product's database, and returns its address;
 * undefined when it has ended meanwhile.
 *
 * @throws ClusterError when it refuses the password, or does not answer
 */
export async function openDatabase(
  postmaster: Postmaster,
  home: ClusterHome,
  password: string,
): Promise<string | undefined> {
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    try {
      return await prepareDatabase(postmaster, home, password);
    } catch (cause) {
      if (cause instanceof ClusterError) throw cause;
      if (cause instanceof DatabaseError && cause.code === WRONG_PASSWORD) {
        throw new ClusterError(
          `The PostgreSQL that runs on ${home.data} (pid ${postmaster.pid}) refuses the password in ${home.password}. ` +
            'Put the right password into that file; if the data may go, stop it, remove the directory and start anew.',
          { cause },
        );
      }
      // It may be on its way down, or up again after one of its processes crashed.
      const running = await findPostmaster(home.data);
      if (running?.pid !== postmaster.pid) return undefined;
      if (Date.now() > deadline) {
        throw new ClusterError(
          `PostgreSQL runs on ${home.data} (pid ${postmaster.pid}), but does not answer: ${String(cause)}. ` +
            `See its log, ${home.log}.`,
          { cause },
        );
      }
      await sleep(POLL_MILLISECONDS);
    }
  }
}

async function prepareDatabase(postmaster: Postmaster, home: ClusterHome, password: string): Promise<string> {
  if (postmaster.port === undefined) throw new Error('it has no port yet');
  const connectionString = databaseUrl(postmaster.port, password, 'postgres');
  const client = new Client({ connectionString, connectionTimeoutMillis: 5_000 });
  // A server that goes down tells its clients at any time; what matters of that comes from the query.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const answer = await client.query<{ data: string; made: boolean }>(
      `select current_setting('data_directory') as data, exists (select from pg_database where datname = $1) as made`,
      [DATABASE],
    );
    const { data, made } = answer.rows[0]!;
    if ((await realpath(data)) !== (await realpath(home.data))) {
      throw new ClusterError(`Port ${postmaster.port} is answered by a PostgreSQL on ${data} instead of ${home.data}.`);
    }
    if (!made) await client.query(`create database ${DATABASE}`).catch(ignoreExisting);
    return databaseUrl(postmaster.port, password);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Another process may have made it between our look and our attempt. */
function ignoreExisting(error: unknown): void {
  if (error instanceof DatabaseError && [DATABASE_EXISTS, NAME_TAKEN].includes(error.code ?? '')) return;
  throw error;
}
