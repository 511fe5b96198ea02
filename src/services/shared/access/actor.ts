import { Permission } from '../../../entities/identity/permission.enum.js';

interface Known {
  /** Who it is, in one word for logs, events and idempotency: `user:12`. */
  readonly key: string;
  readonly permissions: ReadonlySet<Permission>;
}

/** Nobody we know; `refusal` says why, where a token was sent that does not hold. */
export interface Anonymous extends Known {
  readonly kind: 'anonymous';
  readonly refusal?: string;
}

/** An employee. */
export interface UserActor extends Known {
  readonly kind: 'user';
  readonly loginId: string;
  /** The session that the token belongs to. */
  readonly sessionId: string;
  readonly userId: string;
  readonly role: string;
  /** Their operator's profile, if they have one. */
  readonly operatorId: string | null;
  /** The groups that they answer for. */
  readonly supervisedGroupIds: readonly string[];
}

/** A customer who signed in. */
export interface CustomerActor extends Known {
  readonly kind: 'customer';
  readonly loginId: string;
  /** The session that the token belongs to. */
  readonly sessionId: string;
  readonly customerId: string;
}

/** A partner's system with its key. */
export interface PartnerActor extends Known {
  readonly kind: 'partner';
  readonly partnerKeyId: string;
  readonly name: string;
  readonly scopes: readonly string[];
}

/** The product itself: a load from the command line, the demo; and what comes in through a source without a sign-in. */
export interface SystemActor extends Known {
  readonly kind: 'system';
}

/** Who asks. */
export type Actor = Anonymous | UserActor | CustomerActor | PartnerActor | SystemActor;

const NOTHING: ReadonlySet<Permission> = new Set();

/** Somebody without a token that holds. */
export function anonymous(refusal?: string): Anonymous {
  return { kind: 'anonymous', key: 'anonymous', permissions: NOTHING, ...(refusal ? { refusal } : {}) };
}

/** The product itself, which may do everything. */
export function systemActor(name: string): SystemActor {
  return { kind: 'system', key: `system:${name}`, permissions: new Set(Object.values(Permission)) };
}

const TAKING_IN: ReadonlySet<Permission> = new Set([Permission.INQUIRIES_REGISTER]);

/** Whoever sends inquiries to the HTTP intake of a source. */
export function sourceActor(sourceId: string): SystemActor {
  return { kind: 'system', key: `source:${sourceId}`, permissions: TAKING_IN };
}

/** Whoever fills in a web form. */
export function webFormActor(webFormId: string): SystemActor {
  return { kind: 'system', key: `web-form:${webFormId}`, permissions: TAKING_IN };
}
