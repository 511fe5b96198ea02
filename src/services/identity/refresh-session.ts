import { sql } from 'kysely';
import { z } from 'zod';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { Refusal, refuse } from '../shared/errors/refusal.js';
import { secretInput } from '../shared/text/text-input.js';
import { endSessions, lockLogin } from './end-sessions.js';
import { goOffline } from './follow-sessions.js';
import { type LoginOwner, sessionRevoked } from './identity.events.js';
import { continueSession, type OpenedSession } from './open-session.js';
import { hashSecretToken } from './secret-token.js';
import { ownerOf } from './sign-in.js';

/** What a session is gone on with. */
export interface RefreshSession {
  readonly refreshToken: string;
}

const schema = z.object({
  refreshToken: secretInput(200),
});

const ENDED = refuse(ErrorCode.UNAUTHENTICATED, 'The session has ended. Sign in again.', ['input', 'refreshToken']);

/**
 * Goes on with a session: the refresh token is used up, another takes its place.
 *
 * A token that was used before has leaked, or its answer got lost: either way its whole session ends. Of two uses at
 * the same time one wins, and the other ends the session.
 *
 * @returns a refusal with UNAUTHENTICATED, returned so that the end of the session is kept
 */
export async function refreshSession(work: Work, input: RefreshSession): Promise<OpenedSession | Refusal> {
  const { refreshToken } = parseInput(schema, input);
  const [token] = await work.rows(sql<{ id: string; login_id: string; family: string }>`
    select id, login_id, family from refresh_token where token_hash = ${hashSecretToken(refreshToken)}`);
  if (!token) return ENDED;
  await lockLogin(work, token.login_id);
  const [state] = await work.rows(sql<{ used: boolean; live: boolean }>`
    select used_at is not null as used, revoked_at is null and expires_at > ${work.now} as live
    from refresh_token where id = ${token.id}`);
  if (state?.used) await revoke(work, token);
  if (!state || state.used || !state.live) return ENDED;
  const owner = await ownerOf(work, token.login_id);
  if (owner instanceof Refusal) return owner;
  await work.rows(sql`update refresh_token set used_at = ${work.now} where id = ${token.id}`);
  return continueSession(work, { loginId: token.login_id, sessionId: token.family, kind: owner.kind }, work.now);
}

async function revoke(work: Work, { login_id: loginId, family }: { login_id: string; family: string }): Promise<void> {
  const ended = await endSessions(work, { loginId, sessionId: family });
  if (ended === 0) return;
  const [owner] = await work.rows(sql<LoginOwner>`
    select case when user_id is null then 'customer' else 'user' end as kind, coalesce(user_id, customer_id) as id
    from login where id = ${loginId}`);
  await work.record([sessionRevoked(owner!, ended)]);
  await goOffline(work, loginId);
}
