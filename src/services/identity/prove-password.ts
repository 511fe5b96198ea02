import { sql } from 'kysely';
import type { SqlExecutor } from '../shared/database/sql-executor.js';
import type { Work } from '../shared/database/work.js';
import type { Refusal } from '../shared/errors/refusal.js';
import { isPassword } from './passwords.js';
import { countedFailures, tooSoon, waitAfter } from './sign-in-attempts.js';

/** What a password was found to be; nothing has been written yet. */
export interface PasswordProof {
  /** The login that the password was claimed for; null where there is none. */
  readonly loginId: string | null;
  /** What the password was held against. */
  readonly passwordHash: string | null;
  readonly right: boolean;
}

interface LoginRow {
  id: string;
  password_hash: string | null;
  failed_attempts: number;
  locked_until: string | null;
}

/** The login of an e-mail, whatever its case. */
export function loginOfEmail(email: string) {
  return sql<boolean>`email_key = ${email.toLowerCase()}`;
}

/**
 * Holds a password against a login's, outside of any transaction, since that takes long on purpose.
 *
 * @param login which login, as a condition on its table
 * @throws Refusal with RATE_LIMITED while the login is locked
 */
export async function provePassword(
  db: SqlExecutor,
  login: ReturnType<typeof loginOfEmail>,
  password: string,
  now: Date,
): Promise<PasswordProof> {
  const [found] = await db.rows(sql<LoginRow>`
    select id, password_hash, failed_attempts, locked_until from login where ${login}`);
  const locked = lockOf(found, now);
  if (locked) throw locked;
  const passwordHash = found?.password_hash ?? null;
  return { loginId: found?.id ?? null, passwordHash, right: await isPassword(password, passwordHash) };
}

/**
 * Counts an attempt, under the login's lock: of any number at the same time, those that come after the one that locks
 * learn nothing, be their password wrong or right.
 *
 * The caller must return the refusal rather than throw it, so that the count is kept.
 *
 * @param wrong what is answered to a wrong password
 * @returns undefined when the password was right
 */
export async function settleAttempt(work: Work, proof: PasswordProof, wrong: Refusal): Promise<Refusal | undefined> {
  const [login] = await work.rows(sql<LoginRow>`
    select id, password_hash, failed_attempts, locked_until from login where id = ${proof.loginId}
    for no key update`);
  if (!login) return wrong;
  const locked = lockOf(login, work.now);
  if (locked) return locked;
  if (proof.right && login.password_hash === proof.passwordHash) {
    if (login.failed_attempts > 0) {
      await work.rows(sql`update login set failed_attempts = 0, locked_until = null where id = ${login.id}`);
    }
    return undefined;
  }
  const failures = countedFailures(login.failed_attempts);
  const wait = waitAfter(failures);
  const lockedUntil = wait === 0 ? null : new Date(work.now.getTime() + wait);
  await work.rows(
    sql`update login set failed_attempts = ${failures}, locked_until = ${lockedUntil} where id = ${login.id}`,
  );
  return wrong;
}

function lockOf(login: LoginRow | undefined, now: Date): Refusal | undefined {
  const until = login?.locked_until ? new Date(login.locked_until) : undefined;
  return until && until > now ? tooSoon(until) : undefined;
}
