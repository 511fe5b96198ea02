import { sql } from 'kysely';
import type { Work } from '../../shared/database/work.js';
import { holdEndpoint } from './hold-endpoint.js';
import { type Revealed, revealOnce } from './reveal-once.js';
import type { SecretBox } from './secret-box.js';
import { makeWebhookSecret } from './sign-message.js';
import { secretRotated } from './webhooks.events.js';

/** How long messages are signed with the old secret too, in milliseconds. */
const BOTH_MS = 24 * 60 * 60 * 1000;

/** Which endpoint is to get another secret. */
export interface RotateWebhookSecret {
  readonly endpointId: string;
  readonly idempotencyKey: string;
}

/**
 * Gives an endpoint another secret, shown here and never again; for a day messages are signed with the old one too. A
 * repeat with the same key changes nothing and shows the same secret.
 *
 * @returns the endpoint's key, and the secret
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, IDEMPOTENCY_MISMATCH
 */
export async function rotateWebhookSecret(
  work: Work,
  secrets: SecretBox,
  input: RotateWebhookSecret,
): Promise<Revealed> {
  return revealOnce(work, secrets, 'rotateWebhookSecret', input, async () => {
    const { id, secret: old } = await holdEndpoint(work, input.endpointId, ['input', 'endpointId']);
    const secret = makeWebhookSecret();
    const previous = secrets.canOpen(old) ? old : null;
    const until = previous === null ? null : new Date(work.now.getTime() + BOTH_MS);
    await work.rows(sql`
    update webhook_endpoint set secret = ${secrets.seal(secret)}, previous_secret = ${previous},
      previous_secret_until = ${until}::timestamptz
    where id = ${id}`);
    await work.record([secretRotated(id)]);
    return [{ endpointId: id }, secret];
  });
}
