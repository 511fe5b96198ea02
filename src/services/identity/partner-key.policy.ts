import { sql } from 'kysely';
import { Permission } from '../../entities/identity/permission.enum.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';
import { OWN } from '../shared/access/own.js';
import type { Rights } from '../shared/access/rights.js';
import type { Visibility } from '../shared/read/visibility.js';

/** Who may use the operations on partner keys (requirements, "Who may do what"). */
export const PARTNER_KEY_OPERATIONS: OperationRules = {
  'Query.partnerKeys': [Permission.KEYS_MANAGE],
  'Mutation.createPartnerKey': [Permission.KEYS_MANAGE],
  'Mutation.revokePartnerKey': [Permission.KEYS_MANAGE],
};

/** Which keys an actor sees: who manages them all, a partner their own. */
export function visiblePartnerKeys(rights: Rights): Visibility {
  if (may(rights, Permission.KEYS_MANAGE)) return 'all';
  return rights.kind === 'partner' ? sql`t.id = ${OWN.partnerKeyId}` : 'none';
}
