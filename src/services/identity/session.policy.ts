import type { OperationRules } from '../shared/access/operation-rule.js';

/** Who may sign in and out: who signs in, renews a session or accepts an invitation is nobody yet. */
export const SESSION_OPERATIONS: OperationRules = {
  'Query.viewer': 'known',
  'Mutation.signIn': 'anybody',
  'Mutation.refreshSession': 'anybody',
  'Mutation.acceptInvitation': 'anybody',
  'Mutation.signOut': 'known',
  'Mutation.signOutEverywhere': 'known',
  'Mutation.changePassword': 'known',
};
