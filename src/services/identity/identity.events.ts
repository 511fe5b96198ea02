import type { Presence } from '../../entities/identity/presence.enum.js';
import { creation, difference, NO_FIELDS } from '../shared/events/change.js';
import type { Change, NewChange, NewEvent } from '../shared/events/event.js';
import { encodeId } from '../shared/ids/global-id.js';

/*
 * Users, logins and keys have a history and, but for presence, no events of their own. Secrets, hashes and tokens stand
 * nowhere in it.
 */

/** Whose login it is: its owner has the history. */
export interface LoginOwner {
  readonly kind: 'user' | 'customer';
  readonly id: string;
}

const KINDS = { user: 'User', customer: 'Customer' } as const;

function ofOwner(happened: string, { kind, id }: LoginOwner, change: Change): NewChange {
  return { kind: `${kind}.${happened}`, subject: { kind: KINDS[kind], id }, change };
}

/** That somebody did it who is nobody yet: who signs in, accepts an invitation. */
function byOwner(happened: string, owner: LoginOwner, change: Change): NewChange {
  return { ...ofOwner(happened, owner, change), actor: `${owner.kind}:${owner.id}` };
}

const ofUser = (happened: string, id: string, change: Change) => ofOwner(happened, { kind: 'user', id }, change);

/** A person's name, as the history keeps it. */
export interface NamedPerson {
  readonly lastName: string;
  readonly firstName: string;
  readonly patronymic?: string | null;
}

const groupOf = (groupId: string | null | undefined) => (groupId ? encodeId('UserGroup', groupId) : null);

/** That a user was made. */
export function userCreated(
  id: string,
  user: NamedPerson & { readonly email: string; readonly role: string; readonly groupId?: string | null },
): NewChange {
  const { lastName, firstName, patronymic, email, role, groupId } = user;
  return ofUser('created', id, creation({ lastName, firstName, patronymic, email, role, groupId: groupOf(groupId) }));
}

/** What of a user changes. */
export interface UserFields extends NamedPerson {
  /** The key of the group that they are in. */
  readonly groupId: string | null;
}

/** That a user is called otherwise, or is in another group. */
export function userChanged(id: string, before: UserFields, after: UserFields): NewChange {
  const fieldsOf = ({ groupId, ...person }: UserFields) => ({ ...person, groupId: groupOf(groupId) });
  return ofUser('changed', id, difference(fieldsOf(before), fieldsOf(after)));
}

/** The event that a user can be reached now, or cannot; for an operator it may be what inquiries wait for. */
export function userPresenceChanged(
  user: {
    readonly id: string;
    readonly version: number;
    readonly operatorId: string | null;
    readonly groupId: string | null;
  },
  before: Presence,
  presence: Presence,
): NewEvent {
  const { id, version, operatorId, groupId } = user;
  return {
    kind: 'user.presence-changed',
    subject: { kind: 'User', id, version },
    data: { operatorId, groupId, presence },
    change: difference({ presence: before }, { presence }),
  };
}

/** That a user can set a password by an invitation, until it ends. */
export function userInvited(id: string, expiresAt: Date): NewChange {
  return ofUser('invited', id, creation({ expiresAt }));
}

/** That a user set the first password, and signed in with it. */
export function invitationAccepted(id: string): NewChange {
  return byOwner('invitation-accepted', { kind: 'user', id }, NO_FIELDS);
}

/** That somebody signed in with a password. */
export function signedIn(owner: LoginOwner): NewChange {
  return byOwner('signed-in', owner, NO_FIELDS);
}

/** That somebody ended sessions of theirs, so many. */
export function signedOut(owner: LoginOwner, sessions: number): NewChange {
  return ofOwner('signed-out', owner, creation({ sessions }));
}

/** That somebody set another password, which ended so many other sessions. */
export function passwordChanged(owner: LoginOwner, sessions: number): NewChange {
  return ofOwner('password-changed', owner, creation({ sessions }));
}

/** That a session was ended because its refresh token was used twice. */
export function sessionRevoked(owner: LoginOwner, sessions: number): NewChange {
  return ofOwner('session-revoked', owner, creation({ sessions }));
}

/** That a partner's key was made; never its secret. */
export function partnerKeyCreated(
  id: string,
  key: { readonly name: string; readonly scopes: readonly string[] },
): NewChange {
  const { name, scopes } = key;
  return { kind: 'partner-key.created', subject: { kind: 'PartnerKey', id }, change: creation({ name, scopes }) };
}

/** That a partner's key holds no more. */
export function partnerKeyRevoked(id: string, revokedAt: Date): NewChange {
  const change = difference({ revokedAt: null }, { revokedAt });
  return { kind: 'partner-key.revoked', subject: { kind: 'PartnerKey', id }, change };
}
