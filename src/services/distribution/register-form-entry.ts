import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse } from '../shared/errors/refusal.js';
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
 * @throws Refusal as `registerInquiry`: NOT_FOUND for a form or a source that was removed meanwhile,
 *   IDEMPOTENCY_MISMATCH where something else was sent with this key
 */
export async function registerFormEntry(
  work: Work,
  form: Pick<ShownWebForm, 'id' | 'sourceId'>,
  { entry, key }: { readonly entry: FormEntry; readonly key: string },
  draws: Draws,
): Promise<{ readonly repeated: boolean }> {
  // Whoever removes the form waits for this, and what comes in after them is refused.
  const held = await work.rows(sql`select from web_form where id = ${form.id} and removed_at is null for key share`);
  if (held.length === 0) throw refuse(ErrorCode.NOT_FOUND, 'There is no such web form.', []);
  const input = { source: encodeId('Source', form.sourceId), ...entry, idempotencyKey: key };
  const { repeated } = await registerInquiry(work, input, draws);
  return { repeated };
}
