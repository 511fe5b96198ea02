import type { PartnerScope } from '../../entities/identity/partner-scope.js';
import { Permission } from '../../entities/identity/permission.enum.js';

/**
 * What each scope of a partner's key allows (requirements, "Who may do what").
 */
const PARTNER_SCOPES = {
  'customers:read': [Permission.CUSTOMERS_READ],
  'customers:write': [Permission.CUSTOMERS_REGISTER, Permission.CUSTOMERS_CHANGE],
  'contracts:read': [Permission.CONTRACTS_READ, Permission.SIMS_READ, Permission.TARIFFS_READ],
  'contracts:write': [Permission.CONTRACTS_REGISTER, Permission.CONTRACTS_CHANGE],
  'payments:read': [Permission.PAYMENTS_READ],
  'payments:write': [Permission.PAYMENTS_TAKE],
  'calls:read': [Permission.CALLS_READ, Permission.CALL_FEED_ALL],
  'calls:write': [Permission.CALLS_RECORD],
  'inquiries:read': [Permission.INQUIRIES_READ],
  'inquiries:write': [Permission.INQUIRIES_REGISTER, Permission.INQUIRIES_CHANGE],
  'reports:read': [Permission.REPORTS_READ],
  webhooks: [Permission.WEBHOOKS_MANAGE],
} as const satisfies Readonly<Record<PartnerScope, readonly Permission[]>>;

/** What a key's scopes allow together; a scope that is none of ours allows nothing. */
export function permissionsOfScopes(scopes: readonly string[]): ReadonlySet<Permission> {
  const known = scopes.filter((scope): scope is PartnerScope => Object.hasOwn(PARTNER_SCOPES, scope));
  return new Set(known.flatMap((scope) => PARTNER_SCOPES[scope]));
}
