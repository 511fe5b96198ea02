import { sql } from 'kysely';
import { z } from 'zod';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import { idInput } from '../shared/ids/id-input.js';
import { holdSource } from './hold-source.js';
import { sourceRemoved } from './source.events.js';

/** Which source is to be removed. */
export interface RemoveSource {
  readonly sourceId: string;
}

const PATH = ['input', 'sourceId'];

/**
 * Removes a source: it takes nothing in any more, and another may have its name. What came through it stays, and so do
 * its weights as they are; no inquiry of it is opened again.
 *
 * @returns its key
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, STATE_NOT_ALLOWED while inquiries of it are active and when it was
 *   removed before
 */
export async function removeSource(work: Work, input: RemoveSource): Promise<string> {
  const { sourceId } = parseInput(z.object({ sourceId: idInput('Source') }), input);
  const { id, version } = await holdSource(work, sourceId, PATH, 'intake');
  await checkIdle(work, id);
  await work.rows(sql`
    update source set removed_at = ${work.now}, version = ${version + 1}, intake_secret = null,
      previous_intake_secret = null, previous_intake_secret_until = null
    where id = ${id}`);
  await work.record([sourceRemoved({ id, version: version + 1 }, work.now)]);
  return id;
}

async function checkIdle(work: Work, id: string): Promise<void> {
  const [row] = await work.rows(sql<{ active: number }>`
    select count(*)::integer as active from inquiry where source_id = ${id} and status = 'ACTIVE'`);
  const { active } = row!;
  if (active === 0) return;
  const message = `${active === 1 ? '1 inquiry of this source is' : `${active} inquiries of this source are`} active: close or reject them first.`;
  throw refuse(ErrorCode.STATE_NOT_ALLOWED, message, PATH);
}
