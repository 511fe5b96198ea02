import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse } from '../shared/errors/refusal.js';
import { keyOf } from '../shared/ids/global-id.js';
import { partnerKeyRevoked } from './identity.events.js';

/** Which key is to be revoked. */
export interface RevokePartnerKey {
  readonly partnerKeyId: string;
}

/**
 * Revokes a partner's key for good; one that is revoked already stays as it is.
 *
 * @returns the key's key
 * @throws Refusal with NOT_FOUND
 */
export async function revokePartnerKey(work: Work, input: RevokePartnerKey): Promise<string> {
  const path = ['input', 'partnerKeyId'];
  const id = keyOf('PartnerKey', input.partnerKeyId, path);
  const [key] = await work.rows(sql<{ id: string; revoked: boolean }>`
    update partner_key set revoked_at = coalesce(revoked_at, ${work.now}) where id = ${id} returning id, old.revoked_at is null as revoked`);
  if (!key) throw refuse(ErrorCode.NOT_FOUND, 'There is no such partner key.', path);
  if (key.revoked) await work.record([partnerKeyRevoked(key.id, work.now)]);
  return key.id;
}
