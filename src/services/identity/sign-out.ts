import type { Actor, CustomerActor, UserActor } from '../shared/access/actor.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse } from '../shared/errors/refusal.js';
import { type EndedSessions, endSessions, lockLogin } from './end-sessions.js';
import { goOffline } from './follow-sessions.js';
import { type LoginOwner, signedOut } from './identity.events.js';

/**
 * Who is signed in with a session.
 *
 * @throws Refusal with FORBIDDEN for a partner's key, which has none
 */
export function sessionActor(actor: Actor): UserActor | CustomerActor {
  if (actor.kind === 'user' || actor.kind === 'customer') return actor;
  throw refuse(ErrorCode.FORBIDDEN, 'Only somebody who signed in with a password has sessions.');
}

/** Whose login somebody who is signed in has: their own. */
export function ownOf(actor: UserActor | CustomerActor): LoginOwner {
  return actor.kind === 'user' ? { kind: 'user', id: actor.userId } : { kind: 'customer', id: actor.customerId };
}

/** Ends the session that the token belongs to; gives how many sessions ended. */
export async function signOut(work: Work): Promise<number> {
  const actor = sessionActor(work.actor);
  return end(work, actor, { loginId: actor.loginId, sessionId: actor.sessionId });
}

/** Ends every session of whoever asks, this one too; gives how many ended. */
export async function signOutEverywhere(work: Work): Promise<number> {
  const actor = sessionActor(work.actor);
  return end(work, actor, { loginId: actor.loginId });
}

async function end(work: Work, actor: UserActor | CustomerActor, sessions: EndedSessions): Promise<number> {
  await lockLogin(work, actor.loginId);
  const ended = await endSessions(work, sessions);
  if (ended > 0) {
    await work.record([signedOut(ownOf(actor), ended)]);
    await goOffline(work, actor.loginId);
  }
  return ended;
}
