import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import { holdSourceIntake } from './hold-source-intake.js';
import { sourceIntakeClosed } from './source-intake.events.js';

/** Which source is to take no inquiries in over HTTP any more. */
export interface CloseSourceIntake {
  readonly sourceId: string;
}

/**
 * Ends the HTTP intake of a source at once: its secrets are gone. Of one that is closed nothing changes.
 *
 * @returns the source's key
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, STATE_NOT_ALLOWED for a source that was removed
 */
export async function closeSourceIntake(work: Work, input: CloseSourceIntake): Promise<string> {
  const { id, secret } = await holdSourceIntake(work, input.sourceId, ['input', 'sourceId']);
  if (secret === null) return id;
  const [closed] = await work.rows(sql<{ version: number }>`
    update source set intake_secret = null, previous_intake_secret = null, previous_intake_secret_until = null,
      version = version + 1
    where id = ${id} returning version`);
  await work.record([sourceIntakeClosed({ id, version: closed!.version })]);
  return id;
}
