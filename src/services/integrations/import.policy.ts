import { Permission } from '../../entities/identity/permission.enum.js';
import type { Actor } from '../shared/access/actor.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';
import type { Rights } from '../shared/access/rights.js';
import type { Visibility } from '../shared/read/visibility.js';

/** Who may use the operations on imports (requirements, "Who may do what"). */
export const IMPORT_OPERATIONS: OperationRules = {
  'Query.importJob': [Permission.IMPORTS_READ],
  'Query.importJobs': [Permission.IMPORTS_READ],
  'Mutation.importSubscribers': [Permission.IMPORTS_START],
  'Mutation.importCalls': [Permission.IMPORTS_START],
  'Subscription.importProgressed': [Permission.IMPORTS_READ],
};

/** Whether an actor may follow imports. */
export function mayReadImports(actor: Actor): boolean {
  return may(actor, Permission.IMPORTS_READ);
}

/** Imports, their issues and the files they are of: all, or none. */
export function visibleImports(rights: Rights): Visibility {
  return may(rights, Permission.IMPORTS_READ) ? 'all' : 'none';
}
