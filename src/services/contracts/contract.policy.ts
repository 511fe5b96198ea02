import { sql } from 'kysely';
import { Permission } from '../../entities/identity/permission.enum.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';
import { OWN } from '../shared/access/own.js';
import type { Rights } from '../shared/access/rights.js';
import type { Visibility } from '../shared/read/visibility.js';

/** Who may use the operations on contracts (requirements, "Who may do what"). */
export const CONTRACT_OPERATIONS: OperationRules = {
  'Query.contract': [Permission.CONTRACTS_READ],
  'Query.contracts': [Permission.CONTRACTS_READ],
  'Mutation.registerSubscriber': [[Permission.CUSTOMERS_REGISTER, Permission.CONTRACTS_REGISTER]],
  'Mutation.activateContract': [Permission.CONTRACTS_CHANGE],
};

/** Which contracts an actor sees: a customer their own, everybody else by permission. */
export function visibleContracts(rights: Rights): Visibility {
  if (!may(rights, Permission.CONTRACTS_READ)) return 'none';
  return rights.kind === 'customer' ? sql`t.customer_id = ${OWN.customerId}` : 'all';
}
