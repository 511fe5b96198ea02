import { sql } from 'kysely';
import type { SqlExecutor } from '../shared/database/sql-executor.js';
import type { Work } from '../shared/database/work.js';
import type { Refusal } from '../shared/errors/refusal.js';
import { isLine } from '../shared/text/text-input.js';
import { lockLogin } from './end-sessions.js';
import { isPassword } from './passwords.js';
import { attemptKey, countFailure, forgetFailures, lockAttempts, refuseTooSoon } from './sign-in-attempts.js';

/** What a password was found to be; nothing has been written yet. */
export interface PasswordProof {
  /** What attempts for the e-mail are counted under. */
  readonly attemptKey: string;
  /** The login that the password was claimed for; null where there is none. */
  readonly loginId: string | null;
  /** What the password was held against. */
  readonly passwordHash: string | null;
  readonly right: boolean;
}

/**
 * Holds a password against that of an e-mail, outside of any transaction, since that takes long on purpose.
 *
 * @param email whatever its case; one that can be nobody's is as good as one that is unknown
 * @throws Refusal with RATE_LIMITED while the e-mail is locked, known or not
 */
export async function provePassword(
  db: SqlExecutor,
  email: string,
  password: string,
  now: Date,
): Promise<PasswordProof> {
  const key = attemptKey(email);
  const locked = await refuseTooSoon(db, key, now);
  if (locked) throw locked;
  const [login] = await db.rows(sql<{ id: string; password_hash: string | null }>`
    select id, password_hash from login where email_key = ${isLine(email) ? email.toLowerCase() : ''}`);
  const passwordHash = login?.password_hash ?? null;
  return { attemptKey: key, loginId: login?.id ?? null, passwordHash, right: await isPassword(password, passwordHash) };
}

/**
 * Counts an attempt, holding its e-mail and its login: of any number at the same time, those that come after the one
 * that locks learn nothing, be their password wrong or right.
 *
 * The caller must return the refusal rather than throw it, so that the count is kept.
 *
 * @param wrong what is answered to a wrong password
 * @returns undefined when the password was right
 */
export async function settleAttempt(work: Work, proof: PasswordProof, wrong: Refusal): Promise<Refusal | undefined> {
  await lockAttempts(work, proof.attemptKey);
  const locked = await refuseTooSoon(work, proof.attemptKey, work.now);
  if (locked) return locked;
  if (proof.right && (await stillHolds(work, proof.loginId!, proof.passwordHash))) {
    await forgetFailures(work, proof.attemptKey);
    return undefined;
  }
  await countFailure(work, proof.attemptKey);
  return wrong;
}

/** Whether the password is still what it was when it was checked; it stays so until the transaction ends. */
async function stillHolds(work: Work, loginId: string, passwordHash: string | null): Promise<boolean> {
  await lockLogin(work, loginId);
  const [login] = await work.rows(sql<{ password_hash: string | null }>`
    select password_hash from login where id = ${loginId}`);
  return login?.password_hash === passwordHash;
}
