import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import type { WebFormLanguage } from '../../entities/distribution/web-form-language.enum.js';
import { runIdempotently } from '../shared/database/run-idempotently.js';
import type { Work } from '../shared/database/work.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { idInput } from '../shared/ids/id-input.js';
import { holdSource } from './hold-source.js';
import { webFormCreated } from './web-form.events.js';
import { webFormInputs } from './web-form.input.js';

/** Not to be guessed. */
const SLUG_BYTES = 12;

/** A form for a source, to be put on any site (requirements, part 7). */
export interface CreateWebForm {
  readonly sourceId: string;
  /** The words above it. */
  readonly title: string;
  /** What is shown to whoever sent it; may have several lines. */
  readonly thanks: string;
  readonly language: WebFormLanguage;
  /** Sites that may show it within a page of theirs; none means any. */
  readonly origins?: readonly string[] | null | undefined;
  readonly idempotencyKey: string;
}

const schema = z.object({
  sourceId: idInput('Source'),
  ...webFormInputs,
  origins: webFormInputs.origins.nullish().transform((origins) => origins ?? []),
});

/**
 * Makes a web form whose entries become inquiries of a source. A repeat with the same key makes no other.
 *
 * @returns its key
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, STATE_NOT_ALLOWED for a source that was removed, IDEMPOTENCY_MISMATCH
 */
export async function createWebForm(work: Work, input: CreateWebForm): Promise<string> {
  return runIdempotently(work, 'createWebForm', input, async () => {
    const { sourceId, ...fields } = parseInput(schema, input);
    const { title, thanks, language, origins } = fields;
    await holdSource(work, sourceId, ['input', 'sourceId']);
    const slug = randomBytes(SLUG_BYTES).toString('base64url');
    const [made] = await work.rows(sql<{ id: string }>`
      insert into web_form (source_id, slug, title, thanks, language, origins, created_at)
      values (${sourceId}, ${slug}, ${title}, ${thanks}, ${language}, ${origins}::text[], ${work.now}::timestamptz)
      returning id`);
    await work.record([webFormCreated({ id: made!.id, version: 1, sourceId }, fields)]);
    return made!.id;
  });
}
