import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import { idInput } from '../shared/ids/id-input.js';
import { NAME_TAKEN } from './create-source.js';
import { type HeldSource, holdSource, type SourceLock } from './hold-source.js';
import { sourceChanged } from './source.events.js';
import { type SourceFields, type SourceSettings, withSettings } from './source.fields.js';
import { sourceName, sourceSettings } from './source.input.js';

/** What of a source is to be otherwise; what is left out stays. */
export interface ChangeSource extends SourceSettings {
  readonly sourceId: string;
  readonly name?: string | null | undefined;
}

const schema = z.object({ sourceId: idInput('Source'), name: sourceName.nullish(), ...sourceSettings });

/**
 * Changes a source. It concerns what comes in, or is assigned, from then on: inquiries keep the skills, the priority and
 * the deadlines that they have. The same again changes nothing.
 *
 * @returns its key
 * @throws Refusal with BAD_USER_INPUT; NOT_FOUND; CONFLICT on `name` when another source has it; STATE_NOT_ALLOWED for
 *   one that was removed, and on `ownExternalIds` when it knows leads by external ids
 */
export async function changeSource(work: Work, input: ChangeSource): Promise<string> {
  const { sourceId, ...wanted } = parseInput(schema, input);
  const source = await holdSource(work, sourceId, ['input', 'sourceId'], lockFor(wanted));
  await updateSource(work, source, withSettings(source.fields, wanted));
  return source.id;
}

/** Which lock a change of these settings takes: external ids must not come in while it is decided whose they are. */
export function lockFor({ ownExternalIds }: SourceSettings): SourceLock {
  return ownExternalIds == null ? 'change' : 'intake';
}

/**
 * Gives a source that is held other fields.
 *
 * @returns its version then; the one that it has when nothing is different
 * @throws Refusal as `changeSource`
 */
export async function updateSource(
  work: Work,
  { id, version, fields }: HeldSource,
  after: SourceFields,
): Promise<number> {
  if (isDeepStrictEqual(fields, after)) return version;
  if (fields.ownExternalIds !== after.ownExternalIds) await checkNamespace(work, id);
  try {
    await work.rows(sql`
      update source set name = ${after.name}, name_key = lower(${after.name}), description = ${after.description},
        own_external_ids = ${after.ownExternalIds}, sticky = ${after.sticky}, asks_presence = ${after.asksPresence},
        accept_within_seconds = ${after.acceptWithinSeconds}, answer_within_seconds = ${after.answerWithinSeconds},
        warn_before_seconds = ${after.warnBeforeSeconds}, skills = ${after.skills}::text[], priority = ${after.priority},
        version = ${version + 1}
      where id = ${id}`);
  } catch (error) {
    throw (error as { constraint?: string }).constraint === 'source_name_unique' ? NAME_TAKEN : error;
  }
  await work.record([sourceChanged({ id, version: version + 1 }, fields, after)]);
  return version + 1;
}

/**
 * Leads that are known by external ids of one namespace would not be found in the other, and others in their place.
 *
 * @throws Refusal with STATE_NOT_ALLOWED when an inquiry of the source has one
 */
async function checkNamespace(work: Work, id: string): Promise<void> {
  const [row] = await work.rows(sql<{ used: boolean }>`
    select exists (select from inquiry where source_id = ${id} and external_id is not null) as used`);
  if (!row!.used) return;
  const message =
    'Inquiries with external ids came in through this source: whose these are cannot be changed any more. Make another source.';
  throw refuse(ErrorCode.STATE_NOT_ALLOWED, message, ['input', 'ownExternalIds']);
}
