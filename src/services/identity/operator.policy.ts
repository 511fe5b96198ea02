import { type RawBuilder, sql } from 'kysely';
import type { Operator } from '../../entities/identity/operator.entity.js';
import { Permission } from '../../entities/identity/permission.enum.js';
import type { Actor } from '../shared/access/actor.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';
import { OWN } from '../shared/access/own.js';
import type { Rights } from '../shared/access/rights.js';
import type { Reader } from '../shared/read/reader.js';
import type { ShownRule } from '../shared/read/reads/shown.js';
import type { Row } from '../shared/read/row.js';
import type { Visibility } from '../shared/read/visibility.js';
import { seesWholeUser, wholeUsers } from './user.policy.js';
import { users } from './user.queries.js';

/** Who may use the operations on operators (requirements, "Who may do what"). */
export const OPERATOR_OPERATIONS: OperationRules = {
  'Query.operator': [Permission.OPERATORS_READ],
  'Query.operators': [Permission.OPERATORS_READ],
  // It makes users, changes them, and shows their invitations.
  'Mutation.registerOperator': [[Permission.OPERATORS_MANAGE, Permission.USERS_MANAGE]],
  'Mutation.changeOperator': [Permission.OPERATORS_MANAGE],
  'Mutation.removeOperator': [Permission.OPERATORS_MANAGE],
  'Mutation.changeOperatorLimit': [Permission.WEIGHTS_CHANGE, Permission.WEIGHTS_CHANGE_GROUPS],
};

/**
 * Which operators an actor sees at all: an employee all, a customer those who took part in a call with them.
 *
 * A partner who reads inquiries sees whom they may go to, by alias; any other none.
 */
export function visibleOperators(rights: Rights): Visibility {
  if (rights.kind === 'system') return 'all';
  if (rights.kind === 'user' && may(rights, Permission.OPERATORS_READ)) return 'all';
  if (rights.kind === 'partner' && may(rights, Permission.INQUIRIES_READ)) return 'all';
  if (rights.hasOperator) return sql`t.id = ${OWN.operatorId}`;
  if (rights.kind !== 'customer' || !may(rights, Permission.OPERATORS_READ)) return 'none';
  return sql`t.id in (
    select took_part.id from call c
    cross join lateral (values (c.caller_operator_id), (c.called_operator_id), (c.redirected_to_operator_id)) took_part (id)
    where c.caller_customer_id = ${OWN.customerId} or c.called_customer_id = ${OWN.customerId})`;
}

/**
 * Whether an actor sees all of an operator's profile, rather than the alias: an admin of all, everybody of themselves,
 * a supervisor of those in their groups.
 */
async function seesWholeOperator(
  actor: Actor,
  operator: Pick<Row<Operator>, 'id' | 'user'>,
  reader: Reader,
): Promise<boolean> {
  if (may(actor, Permission.OPERATORS_MANAGE)) return true;
  if (actor.kind !== 'user') return false;
  if (actor.operatorId === operator.id) return true;
  if (actor.supervisedGroupIds.length === 0 && !may(actor, Permission.USERS_MANAGE)) return false;
  const user = await reader.byId(users, operator.user);
  return user !== null && seesWholeUser(actor, user);
}

/** The same as `seesWholeOperator`, for an operator whose user's key stands at the column given. */
function isWholeOperator(rights: Rights, user: RawBuilder<unknown>): RawBuilder<unknown> {
  if (may(rights, Permission.OPERATORS_MANAGE)) return sql`true`;
  if (rights.kind !== 'user') return sql`false`;
  // Of other users nobody sees more than `visibleUsers` lets them.
  if (!may(rights, Permission.USERS_READ)) return sql`${user} = ${OWN.userId}`;
  return sql`exists (select from app_user u where u.id = ${user} and ${wholeUsers(rights, 'u')})`;
}

/** The operators whose profile is shown whole, as a condition on table `t` of operators. */
export function wholeOperators(rights: Rights): RawBuilder<unknown> {
  return isWholeOperator(rights, sql`t.user_id`);
}

/** What of an operator is shown only to whom all of the profile is. */
export const WHOLE_OPERATOR_SHOWN: ShownRule = {
  holds: seesWholeOperator,
  where: (rights, column) =>
    may(rights, Permission.OPERATORS_MANAGE) ? 'always' : isWholeOperator(rights, column('user')),
};
