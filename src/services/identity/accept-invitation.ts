import { sql } from 'kysely';
import { z } from 'zod';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import { secretInput } from '../shared/text/text-input.js';
import { comeOnline } from './follow-sessions.js';
import { invitationAccepted } from './identity.events.js';
import { type OpenedSession, openSession } from './open-session.js';
import { hashPassword, newPasswordInput } from './passwords.js';
import { hashSecretToken } from './secret-token.js';
import { attemptKey, forgetFailures } from './sign-in-attempts.js';

/** The one-time token of an invitation, and the password that its user chooses. */
export interface AcceptInvitation {
  readonly token: string;
  readonly password: string;
}

const schema = z.object({
  token: secretInput(200),
  password: newPasswordInput,
});

/** An invitation to be accepted, with the first password ready to be written. */
export interface CheckedInvitation {
  readonly tokenHash: string;
  readonly passwordHash: string;
}

/**
 * The first half of accepting an invitation, before the transaction: makes the password's hash.
 *
 * @throws Refusal with BAD_USER_INPUT
 */
export async function checkInvitation(input: AcceptInvitation): Promise<CheckedInvitation> {
  const { token, password } = parseInput(schema, input);
  return { tokenHash: hashSecretToken(token), passwordHash: await hashPassword(password) };
}

/**
 * The second half: sets the first password and begins a session; an invitation works once.
 *
 * @throws Refusal with NOT_FOUND for a token that is unknown, used, withdrawn or expired
 */
export async function acceptInvitation(work: Work, checked: CheckedInvitation): Promise<OpenedSession> {
  const [login] = await work.rows(sql<{ id: string; user_id: string; email: string }>`
    select l.id, l.user_id, l.email from invitation i
    join login l on l.user_id = i.user_id join app_user u on u.id = i.user_id
    where i.token_hash = ${checked.tokenHash} and u.active for no key update of l`);
  const accepted = login
    ? await work.rows(sql<{ id: string }>`
        update invitation set accepted_at = ${work.now}
        where token_hash = ${checked.tokenHash} and accepted_at is null and withdrawn_at is null
          and expires_at > ${work.now} returning id`)
    : [];
  if (!login || accepted.length === 0) {
    throw refuse(ErrorCode.NOT_FOUND, 'There is no such open invitation.', ['input', 'token']);
  }
  await work.rows(sql`update login set password_hash = ${checked.passwordHash} where id = ${login.id}`);
  await forgetFailures(work, attemptKey(login.email));
  await work.record([invitationAccepted(login.user_id)]);
  await comeOnline(work, login.user_id);
  return openSession(work, { loginId: login.id, kind: 'user' }, work.now);
}
