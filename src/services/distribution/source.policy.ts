import { sql } from 'kysely';
import { Permission } from '../../entities/identity/permission.enum.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';
import { OWN } from '../shared/access/own.js';
import type { Rights } from '../shared/access/rights.js';
import type { Visibility } from '../shared/read/visibility.js';

const READ = [Permission.SOURCES_READ, Permission.SOURCES_READ_OWN] as const;

/** Who may use the operations on sources and weights (requirements, "Who may do what": sources, weights, limits). */
export const SOURCE_OPERATIONS: OperationRules = {
  'Query.source': READ,
  'Query.sources': READ,
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
