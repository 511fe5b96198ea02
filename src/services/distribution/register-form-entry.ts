import type { Work } from '../shared/database/work.js';
import { encodeId } from '../shared/ids/global-id.js';
import type { Draws } from './draws.js';
import type { ShownWebForm } from './find-web-form.js';
import type { FormEntry } from './read-form-entry.js';
import { registerInquiry } from './register-inquiry.js';

/**
 * Makes an inquiry of what was sent through a web form; a repeat with the same key makes no other.
 *
 * @param key tells repeats: that of the form's token
 * @param draws what chance draws from
 * @returns whether it was sent before
 * @throws Refusal as `registerInquiry`: NOT_FOUND for a source that was removed meanwhile, IDEMPOTENCY_MISMATCH where
 *   something else was sent with this key
 */
export async function registerFormEntry(
  work: Work,
  form: Pick<ShownWebForm, 'sourceId'>,
  { entry, key }: { readonly entry: FormEntry; readonly key: string },
  draws: Draws,
): Promise<{ readonly repeated: boolean }> {
  const input = { source: encodeId('Source', form.sourceId), ...entry, idempotencyKey: key };
  const { repeated } = await registerInquiry(work, input, draws);
  return { repeated };
}
