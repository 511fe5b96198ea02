/**
 * What an actor may be allowed to do; a role and a partner key's scope are sets of these (requirements, "Who may do what").
 *
 * Roles start with all that is theirs: `CUSTOMERS_CHANGE`, `CONTRACTS_CHANGE`, `TARIFFS_CHANGE` and `PAYMENTS_REFUND` are
 * asked for by no operation yet; later parts of the product ask for them.
 */
export enum Permission {
  CUSTOMERS_READ = 'customers.read',
  CUSTOMERS_REGISTER = 'customers.register',
  CUSTOMERS_CHANGE = 'customers.change',
  CONTRACTS_READ = 'contracts.read',
  CONTRACTS_REGISTER = 'contracts.register',
  CONTRACTS_CHANGE = 'contracts.change',
  SIMS_READ = 'sims.read',
  TARIFFS_READ = 'tariffs.read',
  TARIFFS_CHANGE = 'tariffs.change',
  PAYMENTS_READ = 'payments.read',
  PAYMENTS_TAKE = 'payments.take',
  PAYMENTS_REFUND = 'payments.refund',
  CALLS_READ = 'calls.read',
  CALLS_READ_OWN = 'calls.read-own',
  CALLS_RECORD = 'calls.record',
  CALL_FEED_ALL = 'call-feed.all',
  CALL_FEED_GROUPS = 'call-feed.groups',
  CALL_FEED_OWN = 'call-feed.own',
  OPERATORS_READ = 'operators.read',
  OPERATORS_MANAGE = 'operators.manage',
  USERS_READ = 'users.read',
  USERS_MANAGE = 'users.manage',
  REPORTS_READ = 'reports.read',
  REPORTS_READ_OWN = 'reports.read-own',
  IMPORTS_START = 'imports.start',
  IMPORTS_READ = 'imports.read',
  KEYS_MANAGE = 'keys.manage',
  HISTORY_ALL = 'history.all',
  HISTORY_READ = 'history.read',
  HISTORY_READ_OWN = 'history.read-own',
  HISTORY_ERASE = 'history.erase',
  WEBHOOKS_MANAGE = 'webhooks.manage',
}
