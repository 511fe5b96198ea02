import { Permission } from '../../entities/identity/permission.enum.js';
import type { OperationRule, OperationRules } from '../shared/access/operation-rule.js';

/** Who may read the daily report, in whatever form: of all calls, or an operator of their own. */
export const DAILY_CALL_REPORT_RULE: OperationRule = [Permission.REPORTS_READ, Permission.REPORTS_READ_OWN];

/** Who may use the operations on reports (requirements, "Who may do what"). */
export const REPORT_OPERATIONS: OperationRules = {
  'Query.dailyCallReport': DAILY_CALL_REPORT_RULE,
};
