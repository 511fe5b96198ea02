import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { z } from 'zod';
import type { WebFormLanguage } from '../../entities/distribution/web-form-language.enum.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import { holdWebForm } from './hold-web-form.js';
import { webFormChanged } from './web-form.events.js';
import { webFormInputs } from './web-form.input.js';

/** What is to become different of a web form; what is left out stays. */
export interface ChangeWebForm {
  readonly webFormId: string;
  readonly title?: string | null | undefined;
  readonly thanks?: string | null | undefined;
  readonly language?: WebFormLanguage | null | undefined;
  readonly origins?: readonly string[] | null | undefined;
}

const schema = z.object({
  title: webFormInputs.title.nullish(),
  thanks: webFormInputs.thanks.nullish(),
  language: webFormInputs.language.nullish(),
  origins: webFormInputs.origins.nullish(),
});

/**
 * Changes a web form; its address stays.
 *
 * @returns its key
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, STATE_NOT_ALLOWED for one that was removed
 */
export async function changeWebForm(work: Work, input: ChangeWebForm): Promise<string> {
  const asked = parseInput(schema, input);
  const path = ['input', 'webFormId'];
  const { id, sourceId, removed, ...before } = await holdWebForm(work, input.webFormId, path);
  if (removed) throw refuse(ErrorCode.STATE_NOT_ALLOWED, 'This web form was removed.', path);
  const after = {
    title: asked.title ?? before.title,
    thanks: asked.thanks ?? before.thanks,
    language: asked.language ?? before.language,
    origins: asked.origins ?? before.origins,
  };
  if (isDeepStrictEqual(before, after)) return id;
  const [changed] = await work.rows(sql<{ version: number }>`
    update web_form set title = ${after.title}, thanks = ${after.thanks}, language = ${after.language},
      origins = ${after.origins}::text[], version = version + 1
    where id = ${id} returning version`);
  await work.record([webFormChanged({ id, sourceId, version: changed!.version }, before, after)]);
  return id;
}
