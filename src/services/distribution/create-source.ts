import { sql } from 'kysely';
import { z } from 'zod';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import { sourceCreated } from './source.events.js';
import { newSource, type SourceFields, type SourceSettings } from './source.fields.js';
import { sourceName, sourceSettings } from './source.input.js';

/** A source to be made (requirements, part 7). */
export interface CreateSource extends SourceSettings {
  /** No other source has it, whatever the case, but for those that were removed. */
  readonly name: string;
}

/** What is said where another source has the name. */
export const NAME_TAKEN = refuse(ErrorCode.CONFLICT, 'Another source has this name.', ['input', 'name']);

const schema = z.object({ name: sourceName, ...sourceSettings });

/**
 * Makes a source, which has no operators yet.
 *
 * @returns its key
 * @throws Refusal with BAD_USER_INPUT, CONFLICT on `name` when another source has it
 */
export async function createSource(work: Work, input: CreateSource): Promise<string> {
  const { name, ...settings } = parseInput(schema, input);
  const id = await insertSource(work, newSource(name, settings));
  if (id === undefined) throw NAME_TAKEN;
  return id;
}

/**
 * Makes a source with these fields.
 *
 * @returns its key; undefined when another one has the name, also one that was made at the same time
 */
export async function insertSource(work: Work, fields: SourceFields): Promise<string | undefined> {
  const [made] = await work.rows(sql<{ id: string; version: number }>`
    insert into source (name, name_key, description, own_external_ids, sticky, asks_presence, accept_within_seconds,
      answer_within_seconds, warn_before_seconds, skills, priority, created_at)
    values (${fields.name}, lower(${fields.name}), ${fields.description}, ${fields.ownExternalIds}, ${fields.sticky},
      ${fields.asksPresence}, ${fields.acceptWithinSeconds}, ${fields.answerWithinSeconds}, ${fields.warnBeforeSeconds},
      ${fields.skills}::text[], ${fields.priority}, ${work.now})
    on conflict (name_key) where removed_at is null do nothing returning id, version`);
  if (!made) return undefined;
  await work.record([sourceCreated(made, fields)]);
  return made.id;
}
