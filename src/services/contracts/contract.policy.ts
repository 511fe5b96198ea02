import { sql } from 'kysely';
import { Permission } from '../../entities/identity/permission.enum.js';
import type { Actor } from '../shared/access/actor.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';
import type { Visibility } from '../shared/read/readable.js';

/** Who may use the operations on contracts (requirements, "Who may do what"). */
export const CONTRACT_OPERATIONS: OperationRules = {
  'Query.contract': [Permission.CONTRACTS_READ],
  'Query.contracts': [Permission.CONTRACTS_READ],
  'Mutation.registerSubscriber': [[Permission.CUSTOMERS_REGISTER, Permission.CONTRACTS_REGISTER]],
  'Mutation.activateContract': [Permission.CONTRACTS_CHANGE],
};

/** Which contracts an actor sees: a customer their own, everybody else by permission. */
export function visibleContracts(actor: Actor): Visibility {
  if (!may(actor, Permission.CONTRACTS_READ)) return 'none';
  return actor.kind === 'customer' ? sql`t.customer_id = ${actor.customerId}` : 'all';
}
