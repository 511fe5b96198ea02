import { sql } from 'kysely';
import { Permission } from '../../entities/identity/permission.enum.js';
import type { Actor } from '../shared/access/actor.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';
import { OWN } from '../shared/access/own.js';
import type { Rights } from '../shared/access/rights.js';
import type { ShownRule } from '../shared/read/reads/shown.js';
import type { Visibility } from '../shared/read/visibility.js';

const READ = [Permission.SOURCES_READ, Permission.SOURCES_READ_OWN] as const;
const MANAGE = [Permission.SOURCES_MANAGE] as const;
const WEIGH = [Permission.WEIGHTS_CHANGE, Permission.WEIGHTS_CHANGE_GROUPS] as const;

/** Who may use the operations on sources and weights (requirements, "Who may do what": sources, weights, limits). */
export const SOURCE_OPERATIONS: OperationRules = {
  'Query.source': READ,
  'Query.sources': READ,
  'Mutation.createSource': MANAGE,
  'Mutation.changeSource': MANAGE,
  'Mutation.removeSource': MANAGE,
  'Mutation.setSourceWeight': WEIGH,
  'Mutation.removeSourceOperator': WEIGH,
};

/** The sources that the operator who asks takes inquiries of, as keys. */
export const OWN_SOURCES = sql`(select w.source_id from source_weight w where w.operator_id = ${OWN.operatorId})`;

/** Which sources an actor sees: an operator those whose inquiries they take. */
export function visibleSources(rights: Rights): Visibility {
  if (may(rights, Permission.SOURCES_READ)) return 'all';
  return may(rights, Permission.SOURCES_READ_OWN) && rights.hasOperator ? sql`t.id in ${OWN_SOURCES}` : 'none';
}

/** Which weights an actor sees: an operator their own. */
export function visibleSourceWeights(rights: Rights): Visibility {
  if (may(rights, Permission.SOURCES_READ)) return 'all';
  if (!may(rights, Permission.SOURCES_READ_OWN) || !rights.hasOperator) return 'none';
  return sql`t.operator_id = ${OWN.operatorId}`;
}

/** Whether an actor sees the weights, loads and limits of all operators, as numbers of statistics too. */
export function seesAllWeights(actor: Actor): boolean {
  return may(actor, Permission.SOURCES_READ);
}

/** How busy an operator is is shown to whom all weights and limits are, and to the operator. */
export const LOAD_SHOWN: ShownRule = {
  holds: (actor: Actor, { operator }: { readonly operator: string }) =>
    seesAllWeights(actor) || (actor.kind === 'user' && actor.operatorId === operator),
  where: (rights, column) => {
    if (may(rights, Permission.SOURCES_READ)) return 'always';
    return rights.hasOperator ? sql`${column('operator')} = ${OWN.operatorId}` : 'never';
  },
};

/** Whether an actor changes the weights of an operator in a group: of all, or of those in groups that they answer for. */
export function mayWeigh(actor: Actor, groupId: string | null): boolean {
  if (may(actor, Permission.WEIGHTS_CHANGE)) return true;
  if (!may(actor, Permission.WEIGHTS_CHANGE_GROUPS) || actor.kind !== 'user') return false;
  return groupId !== null && actor.supervisedGroupIds.includes(groupId);
}
