import { type RawBuilder, sql } from 'kysely';
import { Permission } from '../../entities/identity/permission.enum.js';
import type { Actor } from '../shared/access/actor.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';
import type { Visibility } from '../shared/read/readable.js';

const READ = [Permission.CALLS_READ, Permission.CALLS_READ_OWN] as const;

/** Who may use the operations on calls and charges (requirements, "Who may do what"). */
export const CALL_OPERATIONS: OperationRules = {
  'Query.call': READ,
  'Query.calls': READ,
  'Query.charge': READ,
  'Query.charges': READ,
  'Mutation.recordCalls': [Permission.CALLS_RECORD],
};

/** That an operator took part in the call of table `alias`: as caller, as called, or as whom it was redirected to. */
function tookPart(operatorId: string, alias: string): RawBuilder<unknown> {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return sql`(${column('caller_operator_id')} = ${operatorId} or ${column('called_operator_id')} = ${operatorId}
    or ${column('redirected_to_operator_id')} = ${operatorId})`;
}

/** Which calls an actor sees: an operator those they took part in, a customer those where they are caller or called. */
export function visibleCalls(actor: Actor): Visibility {
  if (may(actor, Permission.CALLS_READ)) return 'all';
  if (!may(actor, Permission.CALLS_READ_OWN)) return 'none';
  if (actor.kind === 'customer') {
    return sql`(t.caller_customer_id = ${actor.customerId} or t.called_customer_id = ${actor.customerId})`;
  }
  return actor.kind === 'user' && actor.operatorId !== null ? tookPart(actor.operatorId, 't') : 'none';
}

/** Which charges an actor sees: an operator those of calls they took part in, a customer only what they pay. */
export function visibleCharges(actor: Actor): Visibility {
  if (may(actor, Permission.CALLS_READ)) return 'all';
  if (!may(actor, Permission.CALLS_READ_OWN)) return 'none';
  if (actor.kind === 'customer') return sql`t.customer_id = ${actor.customerId}`;
  if (actor.kind !== 'user' || actor.operatorId === null) return 'none';
  return sql`exists (select from call c where c.id = t.call_id and ${tookPart(actor.operatorId, 'c')})`;
}

/** What tells whom a call was redirected to, and by whom. */
interface Redirected {
  readonly calledCustomer: string | null;
  readonly redirectedToOperator: string | null;
}

/**
 * Whether an actor sees where a call was redirected to. A customer sees the other's number, and that is the one called:
 * where it went from there, only who redirected it sees, or where it went to an operator.
 */
export function seesRedirection(actor: Actor, call: Redirected): boolean {
  return actor.kind !== 'customer' || call.calledCustomer === actor.customerId || call.redirectedToOperator !== null;
}
