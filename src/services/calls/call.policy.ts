import { type RawBuilder, sql } from 'kysely';
import { Permission } from '../../entities/identity/permission.enum.js';
import type { Actor } from '../shared/access/actor.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';
import { OWN } from '../shared/access/own.js';
import type { Rights } from '../shared/access/rights.js';
import type { ShownRule } from '../shared/read/reads/shown.js';
import { anyOf, oneHolds, type Visibility } from '../shared/read/visibility.js';

const READ = [Permission.CALLS_READ, Permission.CALLS_READ_OWN] as const;

/** Who may use the operations on calls and charges (requirements, "Who may do what"). */
export const CALL_OPERATIONS: OperationRules = {
  'Query.call': READ,
  'Query.calls': READ,
  'Query.charge': READ,
  'Query.charges': READ,
  'Mutation.recordCalls': [Permission.CALLS_RECORD],
};

/** That the operator who asks took part in the call of table `alias`: as caller, as called, or as whom it was redirected to. */
function tookPart(alias: string): RawBuilder<unknown>[] {
  const columns = ['caller_operator_id', 'called_operator_id', 'redirected_to_operator_id'];
  return columns.map((column) => sql`${sql.ref(`${alias}.${column}`)} = ${OWN.operatorId}`);
}

/** Which calls an actor sees: an operator those they took part in, a customer those where they are caller or called. */
export function visibleCalls(rights: Rights): Visibility {
  if (may(rights, Permission.CALLS_READ)) return 'all';
  if (!may(rights, Permission.CALLS_READ_OWN)) return 'none';
  if (rights.kind === 'customer') {
    return anyOf(sql`t.caller_customer_id = ${OWN.customerId}`, sql`t.called_customer_id = ${OWN.customerId}`);
  }
  return rights.hasOperator ? anyOf(...tookPart('t')) : 'none';
}

/** Which charges an actor sees: an operator those of calls they took part in, a customer only what they pay. */
export function visibleCharges(rights: Rights): Visibility {
  if (may(rights, Permission.CALLS_READ)) return 'all';
  if (!may(rights, Permission.CALLS_READ_OWN)) return 'none';
  if (rights.kind === 'customer') return sql`t.customer_id = ${OWN.customerId}`;
  if (!rights.hasOperator) return 'none';
  return sql`exists (select from call c where c.id = t.call_id and ${oneHolds(tookPart('c'))})`;
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
export const REDIRECTION_SHOWN: ShownRule = {
  holds: (actor: Actor, call: Redirected) =>
    actor.kind !== 'customer' || call.calledCustomer === actor.customerId || call.redirectedToOperator !== null,
  where: (rights, column) =>
    rights.kind === 'customer'
      ? sql`(${column('calledCustomer')} = ${OWN.customerId} or ${column('redirectedToOperator')} is not null)`
      : 'always',
};
