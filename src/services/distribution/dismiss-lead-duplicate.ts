import { sql } from 'kysely';
import { z } from 'zod';
import { DuplicateState } from '../../entities/distribution/duplicate-state.enum.js';
import { rightsOf } from '../shared/access/rights.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import { idInput } from '../shared/ids/id-input.js';
import { allHold, conditionsOf } from '../shared/read/visibility.js';
import { visibleLeadDuplicates } from './inquiry.policy.js';
import { leadDuplicateDismissed } from './lead.events.js';

/** Two leads that a person says are not one. */
export interface DismissLeadDuplicate {
  readonly duplicateId: string;
}

/**
 * Says of two leads that may be one that they are different people; what names both later does not open it again.
 *
 * @returns the key of the possible duplicate
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, STATE_NOT_ALLOWED when it was decided already
 */
export async function dismissLeadDuplicate(work: Work, input: DismissLeadDuplicate): Promise<string> {
  const { duplicateId } = parseInput(z.object({ duplicateId: idInput('LeadDuplicate') }), input);
  const { actor, settings, now } = work;
  const path = ['input', 'duplicateId'];
  const conditions = [sql`t.id = ${duplicateId}`, ...conditionsOf(visibleLeadDuplicates(rightsOf(actor)))];
  const [pair] = await work.rows(
    sql<{ state: DuplicateState }>`
      select t.state from lead_duplicate t where ${allHold(conditions)} for no key update of t`,
    { actor, calendar: settings.calendar, now: () => now },
  );
  if (!pair) throw refuse(ErrorCode.NOT_FOUND, 'There is no such possible duplicate.', path);
  if (pair.state !== DuplicateState.OPEN) {
    throw refuse(ErrorCode.STATE_NOT_ALLOWED, 'It was decided already.', path);
  }
  await work.rows(sql`
    update lead_duplicate set state = ${DuplicateState.DISMISSED}, decided_at = ${now},
      decided_by_id = ${actor.kind === 'user' ? actor.userId : null}
    where id = ${duplicateId}`);
  await work.record([leadDuplicateDismissed(duplicateId)]);
  return duplicateId;
}
