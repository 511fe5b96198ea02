import { ErrorCode } from '../shared/errors/error-code.js';
import { type Refusal, refuse } from '../shared/errors/refusal.js';

/** Wrong passwords in a row after which nobody has to wait. */
const FREE_FAILURES = 4;
/** The wrong password in a row that locks. */
const LOCKING_FAILURE = 10;
const FIRST_WAIT_MS = 1_000;
const LOCK_MS = 15 * 60 * 1000;

/** The count of wrong passwords in a row with one more; a lock that has ended begins it anew. */
export function countedFailures(before: number): number {
  return before >= LOCKING_FAILURE ? 1 : before + 1;
}

/** How long nobody can sign in after so many wrong passwords in a row, in milliseconds: it doubles, then it locks. */
export function waitAfter(failures: number): number {
  if (failures >= LOCKING_FAILURE) return LOCK_MS;
  return failures <= FREE_FAILURES ? 0 : FIRST_WAIT_MS * 2 ** (failures - FREE_FAILURES - 1);
}

/** The refusal of an attempt that came too soon. */
export function tooSoon(until: Date): Refusal {
  return refuse(
    ErrorCode.RATE_LIMITED,
    `There were too many wrong passwords. Try again after ${until.toISOString()}.`,
    ['input'],
  );
}
