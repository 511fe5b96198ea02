import { sql } from 'kysely';
import { revealOnce, type WithSecret } from '../integrations/webhooks/reveal-once.js';
import type { SecretBox } from '../integrations/webhooks/secret-box.js';
import { makeWebhookSecret } from '../integrations/webhooks/sign-message.js';
import type { Work } from '../shared/database/work.js';
import { holdSourceIntake } from './hold-source-intake.js';
import { sourceIntakeOpened } from './source-intake.events.js';

/** How long the secret before holds beside the new one, in milliseconds. */
const BOTH_MS = 24 * 60 * 60 * 1000;

/** Which source is to take inquiries in over HTTP, or to get another secret for it. */
export interface OpenSourceIntake {
  readonly sourceId: string;
  readonly idempotencyKey: string;
}

/**
 * Lets a source take in inquiries that are sent to it over HTTP, signed with a secret that is shown here and never again.
 * Of one that does already, the secret is another from now on; the one before holds for a day beside it. A repeat with the
 * same key changes nothing and shows the same secret.
 *
 * @returns the source's key, and the secret
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, STATE_NOT_ALLOWED for a source that was removed, IDEMPOTENCY_MISMATCH
 */
export async function openSourceIntake(
  work: Work,
  secrets: SecretBox,
  input: OpenSourceIntake,
): Promise<WithSecret<{ readonly sourceId: string }>> {
  return revealOnce(work, secrets, 'openSourceIntake', input, async () => {
    const { id, secret: old } = await holdSourceIntake(work, input.sourceId, ['input', 'sourceId']);
    const secret = makeWebhookSecret();
    const previous = old !== null && secrets.canOpen(old) ? old : null;
    const until = previous === null ? null : new Date(work.now.getTime() + BOTH_MS);
    const [opened] = await work.rows(sql<{ version: number }>`
      update source set intake_secret = ${secrets.seal(secret)}, previous_intake_secret = ${previous},
        previous_intake_secret_until = ${until}::timestamptz, version = version + 1
      where id = ${id} returning version`);
    await work.record([sourceIntakeOpened({ id, version: opened!.version }, { rotated: old !== null })]);
    return [{ sourceId: id }, secret];
  });
}
