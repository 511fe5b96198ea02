import { sql } from 'kysely';
import { Permission } from '../../entities/identity/permission.enum.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';
import { OWN } from '../shared/access/own.js';
import type { Rights } from '../shared/access/rights.js';
import type { Visibility } from '../shared/read/visibility.js';

/** Who may use the statistics of the distribution (requirements, "Who may do what": reports, statistics). */
export const STATISTICS_OPERATIONS: OperationRules = {
  'Query.operatorStatistics': [Permission.REPORTS_READ, Permission.REPORTS_READ_OWN],
  'Query.sourceStatistics': [Permission.REPORTS_READ],
};

/** The operators whose statistics an actor sees: who reads reports all, an operator their own. */
export function countedOperators(rights: Rights): Visibility {
  if (may(rights, Permission.REPORTS_READ)) return 'all';
  return may(rights, Permission.REPORTS_READ_OWN) && rights.hasOperator ? sql`t.id = ${OWN.operatorId}` : 'none';
}

/** The sources whose statistics an actor sees: they tell of all who take its inquiries. */
export function countedSources(rights: Rights): Visibility {
  return may(rights, Permission.REPORTS_READ) ? 'all' : 'none';
}
