import { sql } from 'kysely';
import { Permission } from '../../entities/identity/permission.enum.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';
import { OWN } from '../shared/access/own.js';
import type { Rights } from '../shared/access/rights.js';
import type { Visibility } from '../shared/read/visibility.js';

/** Who may use the operations on payments (requirements, "Who may do what"). */
export const PAYMENT_OPERATIONS: OperationRules = {
  'Query.payment': [Permission.PAYMENTS_READ],
  'Query.payments': [Permission.PAYMENTS_READ],
  'Mutation.recordPayment': [Permission.PAYMENTS_TAKE],
};

/** Which payments and which contracts' accounts an actor sees: a customer their own, everybody else by permission. */
export function visiblePayments(rights: Rights): Visibility {
  if (!may(rights, Permission.PAYMENTS_READ)) return 'none';
  return rights.kind === 'customer' ? sql`t.customer_id = ${OWN.customerId}` : 'all';
}
