import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse } from '../shared/errors/refusal.js';
import { keyOf } from '../shared/ids/global-id.js';
import { userInvited } from './identity.events.js';
import { hashSecretToken, makeSecretToken } from './secret-token.js';

/** How long an invitation can be accepted, in milliseconds. */
const LIFETIME_MS = 14 * 24 * 60 * 60 * 1000;

/** An invitation with its one-time token, which is given here and never again. */
export interface OpenedInvitation {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Opens an invitation for a user, in place of those that are open. */
export async function openInvitation(work: Work, userId: string): Promise<OpenedInvitation> {
  await work.rows(sql`
    update invitation set withdrawn_at = ${work.now}
    where user_id = ${userId} and accepted_at is null and withdrawn_at is null`);
  const token = makeSecretToken();
  const expiresAt = new Date(work.now.getTime() + LIFETIME_MS);
  await work.rows(sql`
    insert into invitation (user_id, token_hash, created_at, expires_at)
    values (${userId}, ${hashSecretToken(token)}, ${work.now}, ${expiresAt})`);
  await work.record([userInvited(userId, expiresAt)]);
  return { token, expiresAt };
}

/** Who is to be invited anew. */
export interface RenewInvitation {
  readonly userId: string;
}

/**
 * Opens an invitation anew for a user who has no password yet; earlier ones hold no more.
 *
 * @throws Refusal with NOT_FOUND, or STATE_NOT_ALLOWED for a user who has a password or is not active
 */
export async function renewInvitation(work: Work, input: RenewInvitation): Promise<OpenedInvitation> {
  const path = ['input', 'userId'];
  const userId = keyOf('User', input.userId, path);
  const [user] = await work.rows(sql<{ active: boolean; has_password: boolean }>`
    select u.active, l.password_hash is not null as has_password
    from login l join app_user u on u.id = l.user_id where u.id = ${userId} for no key update of l`);
  if (!user) throw refuse(ErrorCode.NOT_FOUND, 'There is no such user.', path);
  if (user.has_password) throw refuse(ErrorCode.STATE_NOT_ALLOWED, 'This user has a password already.', path);
  if (!user.active) throw refuse(ErrorCode.STATE_NOT_ALLOWED, 'This user is not active.', path);
  return openInvitation(work, userId);
}
