import { sql } from 'kysely';
import { z } from 'zod';
import type { Actor } from '../shared/access/actor.js';
import type { Database } from '../shared/database/database.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { type Refusal, refuse, refuseInput } from '../shared/errors/refusal.js';
import { endSessions } from './end-sessions.js';
import { passwordChanged } from './identity.events.js';
import { claimedPasswordInput, hashPassword, newPasswordInput } from './passwords.js';
import { type PasswordProof, provePassword, settleAttempt } from './prove-password.js';
import { ownOf, sessionActor } from './sign-out.js';

/** The password that holds, and the one that is to take its place. */
export interface ChangePassword {
  readonly currentPassword: string;
  readonly newPassword: string;
}

/** A change of password that is ready to be written. */
export interface CheckedPasswordChange {
  readonly proof: PasswordProof;
  readonly newHash: string;
}

const schema = z.object({ currentPassword: claimedPasswordInput, newPassword: newPasswordInput });

const WRONG = refuse(ErrorCode.BAD_USER_INPUT, 'The current password is wrong.', ['input', 'currentPassword']);

/**
 * The first half of changing one's password, before the transaction: checks the current one.
 *
 * @throws Refusal with BAD_USER_INPUT, or RATE_LIMITED while the e-mail is locked
 */
export async function checkPasswordChange(
  database: Database,
  actor: Actor,
  input: ChangePassword,
): Promise<CheckedPasswordChange> {
  const { loginId } = sessionActor(actor);
  const { currentPassword, newPassword } = parseInput(schema, input);
  if (newPassword === currentPassword) {
    throw refuseInput(['input', 'newPassword'], 'must be another one than the current password');
  }
  const [login] = await database.rows(sql<{ email: string }>`select email from login where id = ${loginId}`);
  const proof = await provePassword(database, login!.email, currentPassword, database.clock.now());
  return { proof, newHash: await hashPassword(newPassword) };
}

/**
 * The second half: sets the new password and ends every other session of whoever asks; a wrong current password counts
 * as a failed sign-in does.
 *
 * @returns how many other sessions ended; or a refusal, whose count of failures is to be kept
 */
export async function changePassword(work: Work, checked: CheckedPasswordChange): Promise<number | Refusal> {
  const actor = sessionActor(work.actor);
  const { loginId, sessionId } = actor;
  const refused = await settleAttempt(work, checked.proof, WRONG);
  if (refused) return refused;
  await work.rows(sql`update login set password_hash = ${checked.newHash} where id = ${loginId}`);
  const ended = await endSessions(work, { loginId, exceptSessionId: sessionId });
  await work.record([passwordChanged(ownOf(actor), ended)]);
  return ended;
}
