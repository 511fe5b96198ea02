import type { Actor } from '../shared/access/actor.js';
import type { FeedEvent } from '../shared/events/event.js';

/** The kind of the event that somebody's rights changed; triggers of the database write it (migration 0002). */
export const ACCESS_CHANGED = 'access.changed';

/** Whose rights changed, or whose session ended; `readSessionActor` and `readPartnerActor` say what they are now. */
export interface AccessChange {
  /** Keys of users. */
  readonly users: ReadonlySet<string>;
  /** Keys of customers. */
  readonly customers: ReadonlySet<string>;
  /** Keys of partners' keys. */
  readonly partnerKeys: ReadonlySet<string>;
  /** Names of roles, as they were and as they are. */
  readonly roles: ReadonlySet<string>;
  /** Sessions, by what access tokens call `sessionId`. */
  readonly sessions: ReadonlySet<string>;
}

/** Whose rights an event of the log says have changed; undefined for an event of another kind. */
export function accessChanged({ kind, data }: FeedEvent): AccessChange | undefined {
  if (kind !== ACCESS_CHANGED) return undefined;
  return {
    users: namesIn(data.users),
    customers: namesIn(data.customers),
    partnerKeys: namesIn(data.partnerKeys),
    roles: namesIn(data.roles),
    sessions: namesIn(data.sessions),
  };
}

/** Whether a change may leave an actor with other rights than were read for them before it. */
export function concerns(change: AccessChange, actor: Actor): boolean {
  switch (actor.kind) {
    case 'user':
      return change.users.has(actor.userId) || change.roles.has(actor.role) || change.sessions.has(actor.sessionId);
    case 'customer':
      return change.customers.has(actor.customerId) || change.sessions.has(actor.sessionId);
    case 'partner':
      return change.partnerKeys.has(actor.partnerKeyId);
    default:
      return false;
  }
}

function namesIn(value: unknown): ReadonlySet<string> {
  return new Set(Array.isArray(value) ? value.map(String) : []);
}
