import { type RawBuilder, sql } from 'kysely';
import type { Operator } from '../../entities/identity/operator.entity.js';
import { Permission } from '../../entities/identity/permission.enum.js';
import type { User } from '../../entities/identity/user.entity.js';
import type { Actor } from '../shared/access/actor.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';
import type { Visibility } from '../shared/read/readable.js';
import type { Row } from '../shared/read/row.js';
import { seesWholeUser, wholeUsers } from './user.policy.js';

/** Who may use the operations on operators (requirements, "Who may do what"). */
export const OPERATOR_OPERATIONS: OperationRules = {
  'Query.operator': [Permission.OPERATORS_READ],
  'Query.operators': [Permission.OPERATORS_READ],
};

/**
 * Which operators an actor sees at all: an employee all, a customer those who took part in a call with them.
 *
 * A partner sees none.
 */
export function visibleOperators(actor: Actor): Visibility {
  if (actor.kind === 'system') return 'all';
  if (actor.kind === 'user' && may(actor, Permission.OPERATORS_READ)) return 'all';
  if (actor.kind === 'user' && actor.operatorId !== null) return sql`t.id = ${actor.operatorId}`;
  if (actor.kind !== 'customer' || !may(actor, Permission.OPERATORS_READ)) return 'none';
  return sql`t.id in (
    select took_part.id from call c
    cross join lateral (values (c.caller_operator_id), (c.called_operator_id), (c.redirected_to_operator_id)) took_part (id)
    where c.caller_customer_id = ${actor.customerId} or c.called_customer_id = ${actor.customerId})`;
}

/**
 * Whether an actor sees all of an operator's profile, rather than the alias: an admin of all, everybody of themselves,
 * a supervisor of those in their groups.
 *
 * @param userOf reads the operator's user; asked only where the group decides
 */
export async function seesWholeOperator(
  actor: Actor,
  operator: Pick<Row<Operator>, 'id' | 'user'>,
  userOf: () => Promise<Pick<Row<User>, 'id' | 'group'> | null>,
): Promise<boolean> {
  if (may(actor, Permission.OPERATORS_MANAGE)) return true;
  if (actor.kind !== 'user') return false;
  if (actor.operatorId === operator.id) return true;
  if (actor.supervisedGroupIds.length === 0) return false;
  const user = await userOf();
  return user !== null && seesWholeUser(actor, user);
}

/** The operators that `seesWholeOperator` holds for, as a condition on table `t` of operators. */
export function wholeOperators(actor: Actor): RawBuilder<unknown> {
  if (may(actor, Permission.OPERATORS_MANAGE)) return sql`true`;
  return sql`exists (select from app_user u where u.id = t.user_id and ${wholeUsers(actor, 'u')})`;
}
