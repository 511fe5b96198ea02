import { sql } from 'kysely';
import { removeInBatches } from '../shared/database/remove-in-batches.js';
import type { SqlExecutor } from '../shared/database/sql-executor.js';

/** How long a refresh token that has ended is kept, so that its use is known for a reuse; in milliseconds. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
/** Attempts are forgotten when nothing was tried for so long, in milliseconds: longer than any lock. */
const ATTEMPTS_KEPT_MS = 60 * 60 * 1000;

/**
 * Removes refresh tokens that expired or were revoked more than 30 days ago, and wrong passwords of more than an hour ago.
 *
 * A used token stays until it has expired for so long: a leaked one ends its session as long as it is known.
 *
 * @returns how many tokens
 */
export async function removeEndedSessions(db: SqlExecutor, now: Date): Promise<number> {
  const before = (age: number) => new Date(now.getTime() - age);
  await removeInBatches(db, 'sign_in_attempt', sql`last_failed_at < ${before(ATTEMPTS_KEPT_MS)}`);
  // Of the two instants, `least` passes over one that is null.
  return removeInBatches(db, 'refresh_token', sql`least(expires_at, revoked_at) < ${before(KEPT_MS)}`);
}
