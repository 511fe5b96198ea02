import { sql } from 'kysely';
import { z } from 'zod';
import { PARTNER_SCOPE_NAMES } from '../../entities/identity/partner-scope.js';
import type { Work } from '../shared/database/work.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { lineInput } from '../shared/text/text-input.js';
import { PARTNER_KEY_PREFIX } from './authenticate.js';
import { partnerKeyCreated } from './identity.events.js';
import { hashSecretToken, makeSecretToken } from './secret-token.js';

/** Whose key it is to be, and what it is to allow. */
export interface CreatePartnerKey {
  readonly name: string;
  /** Names of scopes, such as `calls:read`. */
  readonly scopes: readonly string[];
}

const schema = z.object({
  name: lineInput(),
  scopes: z
    .array(z.enum(PARTNER_SCOPE_NAMES, `must be one of ${PARTNER_SCOPE_NAMES.join(', ')}`))
    .min(1, 'must name at least one scope')
    .transform((scopes) => [...new Set(scopes)]),
});

/** Makes a partner's key; the secret is given here and never again. */
export async function createPartnerKey(
  work: Work,
  input: CreatePartnerKey,
): Promise<{ readonly partnerKeyId: string; readonly secret: string }> {
  const { name, scopes } = parseInput(schema, input);
  const secret = makeSecretToken(PARTNER_KEY_PREFIX);
  const [key] = await work.rows(sql<{ id: string }>`
    insert into partner_key (name, token_hash, scopes, created_at)
    values (${name}, ${hashSecretToken(secret)}, ${scopes}, ${work.now}) returning id`);
  await work.record([partnerKeyCreated(key!.id, { name, scopes })]);
  return { partnerKeyId: key!.id, secret };
}
