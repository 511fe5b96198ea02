import { sql } from 'kysely';
import { DuplicateState } from '../../entities/distribution/duplicate-state.enum.js';
import type { Work } from '../shared/database/work.js';
import type { NewChange } from '../shared/events/event.js';
import { leadDuplicateMerged, leadDuplicateMoved, leadDuplicateReplaced } from './lead.events.js';

interface MovedPair {
  id: string;
  first: string;
  second: string;
  firstBefore: string;
  secondBefore: string;
}

/**
 * Settles the possible duplicates of a lead that is merged into another: that with the other is decided, and in the others
 * the other stands in its place. Where there is such a pair already, an open one is replaced by it, and one that somebody
 * dismissed stays as it is. Both leads are held.
 *
 * @returns what the history is to tell
 */
export async function settleDuplicates(work: Work, keptId: string, mergedId: string): Promise<NewChange[]> {
  const { actor, now } = work;
  const by = actor.kind === 'user' ? actor.userId : null;
  await work.rows(sql`
    select from lead_duplicate d where ${mergedId}::bigint in (d.first_id, d.second_id) order by d.id for no key update`);
  const merged = await work.rows(sql<{ id: string; state: DuplicateState }>`
    update lead_duplicate d set state = ${DuplicateState.MERGED}, decided_by_id = ${by}, decided_at = ${now}
    where d.first_id = least(${keptId}::bigint, ${mergedId}::bigint) and d.second_id = greatest(${keptId}::bigint, ${mergedId}::bigint)
    returning d.id, old.state`);
  // The other lead of a pair `d` of the one that is merged, and whether the one that stays has a pair with it.
  const other = sql`(case when d.first_id = ${mergedId} then d.second_id else d.first_id end)`;
  const first = sql`least(${other}, ${keptId}::bigint)`;
  const second = sql`greatest(${other}, ${keptId}::bigint)`;
  const replaced = sql`exists (select from lead_duplicate e where e.first_id = ${first} and e.second_id = ${second})`;
  const replacedPairs = await work.rows(sql<{ id: string }>`
    update lead_duplicate d set state = ${DuplicateState.REPLACED}, decided_by_id = ${by}, decided_at = ${now}
    where ${mergedId}::bigint in (d.first_id, d.second_id) and d.state = ${DuplicateState.OPEN} and ${replaced}
    returning d.id`);
  const moved = await work.rows(sql<MovedPair>`
    update lead_duplicate d set first_id = ${first}, second_id = ${second}
    where ${mergedId}::bigint in (d.first_id, d.second_id) and d.state in (${DuplicateState.OPEN}, ${DuplicateState.DISMISSED})
      and not ${replaced} and (select l.merged_into_id from lead l where l.id = ${other}) is null
    returning d.id, new.first_id as "first", new.second_id as "second", old.first_id as "firstBefore",
      old.second_id as "secondBefore"`);
  return [
    ...merged.map(({ id, state }) => leadDuplicateMerged(id, state)),
    ...replacedPairs.map(({ id }) => leadDuplicateReplaced(id)),
    ...moved.map((pair) =>
      leadDuplicateMoved(
        pair.id,
        { firstId: pair.firstBefore, secondId: pair.secondBefore },
        { firstId: pair.first, secondId: pair.second },
      ),
    ),
  ];
}
