import type { Actor, CustomerActor, UserActor } from '../shared/access/actor.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse } from '../shared/errors/refusal.js';
import { endSessions, lockLogin } from './end-sessions.js';

/**
 * Who is signed in with a session.
 *
 * @throws Refusal with FORBIDDEN for a partner's key, which has none
 */
export function sessionActor(actor: Actor): UserActor | CustomerActor {
  if (actor.kind === 'user' || actor.kind === 'customer') return actor;
  throw refuse(ErrorCode.FORBIDDEN, 'Only somebody who signed in with a password has sessions.');
}

/** Ends the session that the token belongs to; gives how many sessions ended. */
export async function signOut(work: Work): Promise<number> {
  const { loginId, sessionId } = sessionActor(work.actor);
  await lockLogin(work, loginId);
  return endSessions(work, { loginId, sessionId });
}

/** Ends every session of whoever asks, this one too; gives how many ended. */
export async function signOutEverywhere(work: Work): Promise<number> {
  const { loginId } = sessionActor(work.actor);
  await lockLogin(work, loginId);
  return endSessions(work, { loginId });
}
