import { randomBytes } from 'node:crypto';
import { Client, type ClientBase } from 'pg';

const NAME = 'switchboard-';
const RECONNECT_MS = 500;

/** The number that a worker of ours locks for as long as it lives; it is in the worker's name. */
const KEY_OF_WORKER = `('x' || substr(locked_by, ${NAME.length + 1}))::bit(64)::bigint`;

/**
 * Releases the jobs whose worker is gone. A worker of ours is gone when nobody holds its lease; others are not judged.
 *
 * graphile-worker by itself holds the jobs of a process that was killed for four hours.
 *
 * @returns the names of the workers that were gone
 */
export async function releaseJobsOfGoneWorkers(db: ClientBase): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(`
    with named as materialized (
      select distinct locked_by from graphile_worker.jobs where locked_by ~ '^${NAME}[0-9a-f]{16}$'
    ), gone as materialized (
      select locked_by as name from named where pg_try_advisory_xact_lock(${KEY_OF_WORKER})
    ), released as materialized (
      select graphile_worker.force_unlock_workers(array(select name from gone)) where exists (select from gone)
    )
    select name from gone where exists (select from released)`);
  return rows.map((row) => row.name);
}

/**
 * A worker's name, and the proof that it lives: a lock that PostgreSQL holds for it on a connection of its own, and
 * lets go of when the process ends in whatever way, or its machine is no longer heard of.
 */
export class WorkerLease {
  readonly workerId: string;
  readonly #key: string;
  #client: Client | undefined;
  #released = false;

  private constructor(
    private readonly databaseUrl: string,
    private readonly report: (error: unknown) => void,
  ) {
    const bytes = randomBytes(8);
    this.workerId = `${NAME}${bytes.toString('hex')}`;
    this.#key = bytes.readBigInt64BE().toString();
  }

  static async take(databaseUrl: string, report: (error: unknown) => void): Promise<WorkerLease> {
    const lease = new WorkerLease(databaseUrl, report);
    try {
      await lease.#hold();
    } catch (error) {
      // Nobody is to try on for a lease that nobody has.
      await lease.release();
      throw error;
    }
    return lease;
  }

  /** Lets go: what the worker still has locked may be taken by others. */
  async release(): Promise<void> {
    this.#released = true;
    await this.#client?.end().catch(() => undefined);
  }

  async #hold(): Promise<void> {
    const client = new Client({ connectionString: this.databaseUrl, application_name: 'switchboard-worker' });
    client.on('error', () => undefined);
    client.on('end', () => {
      if (!this.#released) setTimeout(() => void this.#hold().catch(this.report), RECONNECT_MS).unref();
    });
    await client.connect();
    await client.query('set tcp_keepalives_idle = 15; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3');
    await client.query('select pg_advisory_lock($1)', [this.#key]);
    this.#client = client;
  }
}
