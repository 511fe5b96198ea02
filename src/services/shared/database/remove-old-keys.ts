import { sql } from 'kysely';
import { removeInBatches } from './remove-in-batches.js';
import type { SqlExecutor } from './sql-executor.js';

/** How long a repeat of a write is known for one; in milliseconds. No client goes on repeating for so long. */
const KEPT_MS = 90 * 24 * 60 * 60 * 1000;

/**
 * Removes idempotency keys, with the results kept under them, that are older than 90 days; what was written stays.
 *
 * @returns how many
 */
export async function removeOldKeys(db: SqlExecutor, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_MS);
  return removeInBatches(db, 'idempotency_record', sql`created_at < ${before}`);
}
