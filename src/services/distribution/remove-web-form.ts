import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse } from '../shared/errors/refusal.js';
import { holdWebForm } from './hold-web-form.js';
import { webFormRemoved } from './web-form.events.js';

/** Which web form is to be shown to nobody any more. */
export interface RemoveWebForm {
  readonly webFormId: string;
}

/**
 * Removes a web form: from now on its address is unknown, and it takes nothing in. What came through it stays.
 *
 * @returns its key
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, STATE_NOT_ALLOWED for one that was removed before
 */
export async function removeWebForm(work: Work, input: RemoveWebForm): Promise<string> {
  const path = ['input', 'webFormId'];
  const { id, sourceId, removed } = await holdWebForm(work, input.webFormId, path, 'intake');
  if (removed) throw refuse(ErrorCode.STATE_NOT_ALLOWED, 'This web form was removed.', path);
  const [gone] = await work.rows(sql<{ version: number }>`
    update web_form set removed_at = ${work.now}::timestamptz, version = version + 1 where id = ${id} returning version`);
  await work.record([webFormRemoved({ id, sourceId, version: gone!.version }, work.now)]);
  return id;
}
