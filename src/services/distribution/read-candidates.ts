import { type RawBuilder, sql } from 'kysely';
import type { SqlExecutor } from '../shared/database/sql-executor.js';
import { parseInput } from '../shared/errors/parse-input.js';
import type { Reader } from '../shared/read/reader.js';
import { seesCandidates } from './candidate.policy.js';
import { skillsInput } from './inquiry.input.js';
import { divideWeight, type ReplayedCandidate, type StoredChoice } from './replay-choice.js';

/** Somebody whom an inquiry could go to now, or not. */
export type Candidate = Pick<ReplayedCandidate, 'operator' | 'weight' | 'state' | 'share'>;

/**
 * Who could take an inquiry through a source now, and what stands in the way of the others.
 *
 * @param source the source's key
 * @param skills that it would ask for, beside those of the source
 * @returns all operators of the source; null for who may not see that
 * @throws Refusal with BAD_USER_INPUT for skills that are none
 */
export async function readSourceCandidates(
  source: string,
  skills: readonly string[] | null | undefined,
  reader: Reader,
): Promise<readonly Candidate[] | null> {
  if (!seesCandidates(reader.actor)) return null;
  const asked = parseInput(skillsInput, skills ?? [], ['skills']);
  const found = await reader.worked(`Source.candidates.${JSON.stringify(asked)}`, source, (keys, db) =>
    choicesNow(
      db,
      reader,
      sql`
      select s.id as key, s.id as source_id, null::bigint as inquiry_id, s.skills || ${asked}::text[] as skills, s.asks_presence
      from source s where s.id = any(${[...keys]}::bigint[]) and s.removed_at is null`,
    ),
  );
  return found ?? [];
}

/**
 * Who could take an inquiry that waits, and what stands in the way of the others.
 *
 * @param inquiry the inquiry's key
 * @returns all operators of its source; null for one that does not wait, and for who may not see that
 */
export async function readInquiryCandidates(inquiry: string, reader: Reader): Promise<readonly Candidate[] | null> {
  if (!seesCandidates(reader.actor)) return null;
  const found = await reader.worked('Inquiry.candidates', inquiry, (keys, db) =>
    choicesNow(
      db,
      reader,
      sql`
      select i.id as key, i.source_id, i.id as inquiry_id, i.skills, s.asks_presence
      from inquiry i join source s on s.id = i.source_id
      where i.id = any(${[...keys]}::bigint[]) and i.status = 'ACTIVE' and i.operator_id is null`,
    ),
  );
  return found ?? null;
}

/** @param asked for each key: a source, the inquiry that waits, if there is one, and what it asks for */
async function choicesNow(
  db: SqlExecutor,
  { scope }: Reader,
  asked: RawBuilder<unknown>,
): Promise<Map<string, readonly Candidate[]>> {
  const { day, time } = scope.calendar.weekTimeOf(scope.now());
  const rows = await db.rows(sql<{ key: string } & StoredChoice>`
    with q as materialized (${asked}), c as materialized (
      select q.key, w.operator_id, w.weight, (
          select count(*) from assignment a
          where a.inquiry_id = q.inquiry_id and a.operator_id = w.operator_id and a."end" in ('DECLINED', 'NOT_ACCEPTED', 'HANDED_BACK')
        ) as passes,
        w.operator_id = (
          select a.operator_id from assignment a where a.id = (select max(k.id) from assignment k where k.inquiry_id = q.inquiry_id)
            and a."end" in ('DECLINED', 'NOT_ACCEPTED', 'HANDED_BACK')) as passed_last,
        distribution.letter_of(o.active and u.active, w.weight, o.skills, q.skills, o.schedule, ${day}, ${time},
          q.asks_presence, u.presence, o.load, o.max_load) as letter
      from q join source_weight w on w.source_id = q.source_id
      join operator o on o.id = w.operator_id join app_user u on u.id = o.user_id
    ), s as (
      select c.*, min(c.passes) filter (where c.letter = 'e' and c.passed_last is not true) over (partition by c.key) as fewest from c
    )
    select q.key, coalesce(array_agg(s.operator_id::text order by s.operator_id) filter (where s.key is not null), '{}')
        as "operatorIds",
      coalesce(array_agg(s.weight::text order by s.operator_id) filter (where s.key is not null), '{}') as weights,
      coalesce(string_agg(case
        when s.letter = 'e' and s.fewest is not null and (s.passed_last or s.passes > s.fewest) then 'd' else s.letter end, ''
        order by s.operator_id), '') as states
    from q left join s on s.key = q.key group by q.key`);
  return new Map(rows.map(({ key, ...choice }) => [key, divideWeight(choice).candidates]));
}
