import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { WithSecret } from '../integrations/webhooks/reveal-once.js';
import type { SecretBox } from '../integrations/webhooks/secret-box.js';
import { makeWebhookSecret } from '../integrations/webhooks/sign-message.js';
import { runIdempotently } from '../shared/database/run-idempotently.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse } from '../shared/errors/refusal.js';
import { encodeId } from '../shared/ids/global-id.js';
import { findIntakeSecrets } from './find-intake-secrets.js';
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
 * same key changes nothing and shows the same secret as long as that holds: of it only the digest is kept beside the source.
 *
 * @returns the source's key, and the secret
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, STATE_NOT_ALLOWED for a source that was removed, and for a repeat whose
 *   secret holds no more, IDEMPOTENCY_MISMATCH
 */
export async function openSourceIntake(
  work: Work,
  secrets: SecretBox,
  input: OpenSourceIntake,
): Promise<WithSecret<{ readonly sourceId: string }>> {
  const { sourceId, digest } = await runIdempotently(work, 'openSourceIntake', input, async () => {
    const { id, secret: old } = await holdSourceIntake(work, input.sourceId, ['input', 'sourceId']);
    const secret = makeWebhookSecret();
    const previous = old !== null && secrets.canOpen(old) ? old : null;
    const until = previous === null ? null : new Date(work.now.getTime() + BOTH_MS);
    const [opened] = await work.rows(sql<{ version: number }>`
      update source set intake_secret = ${secrets.seal(secret)}, previous_intake_secret = ${previous},
        previous_intake_secret_until = ${until}::timestamptz, version = version + 1
      where id = ${id} returning version`);
    await work.record([sourceIntakeOpened({ id, version: opened!.version }, { rotated: old !== null })]);
    return { sourceId: id, digest: digestOf(secret) };
  });
  const open = await findIntakeSecrets(work, secrets, encodeId('Source', sourceId), work.now, () => {});
  const made = open?.secrets.find(({ secret }) => digestOf(secret) === digest);
  if (made) return { sourceId, secret: made.secret };
  const message = 'This was done before, and its secret holds no more: open the intake again, with another key.';
  throw refuse(ErrorCode.STATE_NOT_ALLOWED, message, ['input', 'idempotencyKey']);
}

const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
