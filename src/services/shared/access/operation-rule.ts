import type { Permission } from '../../../entities/identity/permission.enum.js';
import { ErrorCode } from '../errors/error-code.js';
import { type Refusal, refuse } from '../errors/refusal.js';
import type { Actor } from './actor.js';

/**
 * Who may call an operation of the graph: anybody, anybody we know, or who has one of the permissions named
 * (all of them, where they stand in an inner list).
 */
export type OperationRule = 'anybody' | 'known' | readonly (Permission | readonly Permission[])[];

/** The rules of a domain's operations, by `Query.customer`, `Mutation.recordPayment`, `Subscription.callFeed`. */
export type OperationRules = Readonly<Record<string, OperationRule>>;

/** Whether an actor, or whoever has certain rights, has a permission. */
export function may({ permissions }: Pick<Actor, 'permissions'>, permission: Permission): boolean {
  return permissions.has(permission);
}

/**
 * What stands between an actor and an operation.
 *
 * @returns undefined when nothing does; a refusal with UNAUTHENTICATED for nobody we know, else FORBIDDEN, also for an
 * operation that has no rule
 */
export function denialOf(actor: Actor, operation: string, rule: OperationRule | undefined): Refusal | undefined {
  if (rule === 'anybody') return undefined;
  if (actor.kind === 'anonymous') {
    return refuse(ErrorCode.UNAUTHENTICATED, actor.refusal ?? 'Sign in first.');
  }
  if (rule === 'known') return undefined;
  const allowed = rule?.some((one) => (Array.isArray(one) ? one : [one]).every((permission) => may(actor, permission)));
  return allowed ? undefined : refuse(ErrorCode.FORBIDDEN, `You are not allowed to use ${operation}.`);
}
