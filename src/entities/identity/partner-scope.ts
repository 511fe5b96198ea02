/** What the scopes of a partner's key are called (requirements, "Who may do what"). */
export const PARTNER_SCOPE_NAMES = [
  'customers:read',
  'customers:write',
  'contracts:read',
  'contracts:write',
  'payments:read',
  'payments:write',
  'calls:read',
  'calls:write',
  'inquiries:read',
  'inquiries:write',
  'reports:read',
  'webhooks',
] as const;

/** The name of a scope. */
export type PartnerScope = (typeof PARTNER_SCOPE_NAMES)[number];
