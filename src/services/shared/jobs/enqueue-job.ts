import { sql } from 'kysely';
import type { SqlExecutor } from '../database/sql-executor.js';

/**
 * Has a task done by a worker, once the transaction that `db` runs in has committed.
 *
 * @param key of the job: while one with this key waits, it takes the place of a second
 */
export async function enqueueJob(
  db: SqlExecutor,
  task: string,
  payload: Readonly<Record<string, unknown>>,
  key: string,
): Promise<void> {
  await db.rows(sql`select from graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json, job_key => ${key})`);
}
