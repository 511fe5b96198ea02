import { Permission } from '../../entities/identity/permission.enum.js';

/** What every customer who signed in may do, each within what is theirs (requirements, "Who may do what"). */
export const CUSTOMER_PERMISSIONS: ReadonlySet<Permission> = new Set([
  Permission.CUSTOMERS_READ,
  Permission.CONTRACTS_READ,
  Permission.SIMS_READ,
  Permission.TARIFFS_READ,
  Permission.PAYMENTS_READ,
  Permission.CALLS_READ_OWN,
  Permission.CALL_FEED_OWN,
  Permission.OPERATORS_READ,
]);
