import { sql } from 'kysely';
import { visibleOperators } from '../identity/operator.policy.js';
import { rightsOf } from '../shared/access/rights.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse } from '../shared/errors/refusal.js';
import { allHold, conditionsOf } from '../shared/read/visibility.js';
import { mayWeigh } from './source.policy.js';

/**
 * Holds an operator whose weights the actor may change, so that they are not removed meanwhile. Operators are held before
 * sources, as a removal of one does.
 *
 * @param key the operator's key
 * @param path of the input's field, for the error
 * @returns whether they were removed
 * @throws Refusal with NOT_FOUND for whom the actor does not see, FORBIDDEN for whom they do not answer for
 */
export async function holdWeighedOperator(
  work: Work,
  key: string,
  path: readonly string[],
): Promise<{ readonly removed: boolean }> {
  const { actor, settings, now } = work;
  const seen = allHold(conditionsOf(visibleOperators(rightsOf(actor))));
  const [operator] = await work.rows(
    sql<{ removed: boolean; group_id: string | null }>`
      select t.removed_at is not null as removed, u.group_id from operator t join app_user u on u.id = t.user_id
      where t.id = ${key} and ${seen} for share of t`,
    { actor, calendar: settings.calendar, now: () => now },
  );
  if (!operator) throw refuse(ErrorCode.NOT_FOUND, 'There is no such operator.', path);
  if (!mayWeigh(actor, operator.group_id)) {
    throw refuse(ErrorCode.FORBIDDEN, 'You may change the weights of operators of your groups only.', path);
  }
  return operator;
}
