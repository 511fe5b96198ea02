import { sql } from 'kysely';
import { Permission } from '../../entities/identity/permission.enum.js';
import type { Actor } from '../shared/access/actor.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';
import type { Visibility } from '../shared/read/readable.js';

/** Who may use the operations on customers (requirements, "Who may do what"). */
export const CUSTOMER_OPERATIONS: OperationRules = {
  'Query.customer': [Permission.CUSTOMERS_READ],
  'Query.customers': [Permission.CUSTOMERS_READ],
};

/** Which customers an actor sees: a customer themselves, everybody else by permission. */
export function visibleCustomers(actor: Actor): Visibility {
  if (!may(actor, Permission.CUSTOMERS_READ)) return 'none';
  return actor.kind === 'customer' ? sql`t.id = ${actor.customerId}` : 'all';
}
