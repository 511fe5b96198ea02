import { runIdempotently } from '../../shared/database/run-idempotently.js';
import type { Work } from '../../shared/database/work.js';
import { ErrorCode } from '../../shared/errors/error-code.js';
import { refuse } from '../../shared/errors/refusal.js';
import { type SecretBox, UnreadableSecret } from './secret-box.js';

/** Something with a secret that was made for it. */
export type WithSecret<Made> = Made & { readonly secret: string };

/** An endpoint with a secret that was made for it. */
export type Revealed = WithSecret<{ readonly endpointId: string }>;

/**
 * Runs a write that makes a secret once: a repeat with the same key and input shows the same secret, so that an answer
 * that was lost costs nothing. What is kept for that is sealed.
 *
 * @param run what it gives beside the secret must survive JSON
 * @throws Refusal as `runIdempotently`, and STATE_NOT_ALLOWED where the first secret cannot be read any more
 */
export async function revealOnce<Made extends object>(
  work: Work,
  secrets: SecretBox,
  operation: string,
  input: { readonly idempotencyKey: string },
  run: () => Promise<readonly [made: Made, secret: string]>,
): Promise<WithSecret<Made>> {
  const { sealed, ...made } = await runIdempotently(work, operation, input, async () => {
    const [fresh, secret] = await run();
    return { ...fresh, sealed: secrets.seal(secret) };
  });
  try {
    return { ...(made as unknown as Made), secret: secrets.open(sealed) };
  } catch (error) {
    if (!(error instanceof UnreadableSecret)) throw error;
    const message = 'This was done before, and its secret cannot be read any more: rotate it.';
    throw refuse(ErrorCode.STATE_NOT_ALLOWED, message, ['input', 'idempotencyKey']);
  }
}
