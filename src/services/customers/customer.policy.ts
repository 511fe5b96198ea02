import { sql } from 'kysely';
import { Permission } from '../../entities/identity/permission.enum.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';
import { OWN } from '../shared/access/own.js';
import type { Rights } from '../shared/access/rights.js';
import type { Visibility } from '../shared/read/visibility.js';

/** Who may use the operations on customers (requirements, "Who may do what"). */
export const CUSTOMER_OPERATIONS: OperationRules = {
  'Query.customer': [Permission.CUSTOMERS_READ],
  'Query.customers': [Permission.CUSTOMERS_READ],
};

/** Which customers an actor sees: a customer themselves, everybody else by permission. */
export function visibleCustomers(rights: Rights): Visibility {
  if (!may(rights, Permission.CUSTOMERS_READ)) return 'none';
  return rights.kind === 'customer' ? sql`t.id = ${OWN.customerId}` : 'all';
}
