import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { SqlExecutor } from '../shared/database/sql-executor.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { type Refusal, refuse } from '../shared/errors/refusal.js';

/** Wrong passwords in a row after which nobody has to wait. */
const FREE_FAILURES = 4;
/** The wrong password in a row that locks. */
const LOCKING_FAILURE = 10;
const FIRST_WAIT_MS = 1_000;
const LOCK_MS = 15 * 60 * 1000;

/** What attempts for an e-mail are counted under, whatever its case and whether or not it is anybody's. */
export function attemptKey(email: string): string {
  return createHash('sha256').update(email.toLowerCase()).digest('hex');
}

/** Holds an e-mail, known or not, until the transaction ends: attempts for it are counted one after another. */
export async function lockAttempts(work: Work, key: string): Promise<void> {
  await work.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in:${key}`}, 0))`);
}

/** The refusal of an attempt that comes too soon after wrong passwords; undefined when it does not. */
export async function refuseTooSoon(db: SqlExecutor, key: string, now: Date): Promise<Refusal | undefined> {
  const [attempt] = await db.rows(sql<{ locked_until: string | null }>`
    select locked_until from sign_in_attempt where email_hash = ${key}`);
  const until = attempt?.locked_until ? new Date(attempt.locked_until) : undefined;
  if (!until || until <= now) return undefined;
  const message = `There were too many wrong passwords. Try again after ${until.toISOString()}.`;
  return refuse(ErrorCode.RATE_LIMITED, message, ['input']);
}

/** Counts a wrong password; the e-mail must be held. The wait doubles, then it locks; a lock that ended begins anew. */
export async function countFailure(work: Work, key: string): Promise<void> {
  const [before] = await work.rows(sql<{ failures: number }>`
    select failures from sign_in_attempt where email_hash = ${key}`);
  const failures = !before || before.failures >= LOCKING_FAILURE ? 1 : before.failures + 1;
  const wait = waitAfter(failures);
  const lockedUntil = wait === 0 ? null : new Date(work.now.getTime() + wait);
  await work.rows(sql`
    insert into sign_in_attempt (email_hash, failures, last_failed_at, locked_until)
    values (${key}, ${failures}, ${work.now}, ${lockedUntil})
    on conflict (email_hash) do update set failures = excluded.failures, last_failed_at = excluded.last_failed_at,
      locked_until = excluded.locked_until`);
}

/** Forgets the wrong passwords for an e-mail, after a right one. */
export async function forgetFailures(work: Work, key: string): Promise<void> {
  await work.rows(sql`delete from sign_in_attempt where email_hash = ${key}`);
}

/** How long nobody can sign in after so many wrong passwords in a row, in milliseconds. */
function waitAfter(failures: number): number {
  if (failures >= LOCKING_FAILURE) return LOCK_MS;
  return failures <= FREE_FAILURES ? 0 : FIRST_WAIT_MS * 2 ** (failures - FREE_FAILURES - 1);
}
