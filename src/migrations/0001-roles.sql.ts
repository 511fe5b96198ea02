/** The built-in roles with the permissions they start with (requirements, "Who may do what"). */
export const ROLES = `
insert into role (name, built_in, permissions) values
  ('admin', true, array[
    'customers.read', 'customers.register', 'customers.change', 'contracts.read', 'contracts.register', 'contracts.change',
    'sims.read', 'tariffs.read', 'tariffs.change', 'payments.read', 'payments.take', 'payments.refund',
    'calls.read', 'calls.record', 'call-feed.all', 'operators.read', 'operators.manage', 'users.read', 'users.manage',
    'reports.read', 'imports.start', 'imports.read', 'keys.manage']),
  ('supervisor', true, array[
    'customers.read', 'customers.change', 'contracts.read', 'contracts.change', 'sims.read', 'tariffs.read',
    'payments.read', 'payments.refund', 'calls.read', 'calls.record', 'call-feed.groups', 'operators.read', 'users.read',
    'reports.read', 'imports.start', 'imports.read']),
  ('operator', true, array[
    'customers.read', 'customers.register', 'customers.change', 'contracts.read', 'contracts.register', 'contracts.change',
    'sims.read', 'tariffs.read', 'payments.read', 'payments.take', 'calls.read-own', 'call-feed.own',
    'operators.read', 'users.read', 'reports.read-own']);
`;
