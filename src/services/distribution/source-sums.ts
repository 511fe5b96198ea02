import { sql } from 'kysely';
import { NOW } from '../shared/database/parameter.js';
import type { SqlExecutor } from '../shared/database/sql-executor.js';
import { LETTERS_OF_OTHERS } from './candidate-letter.js';

/** What became of a source's assignments that were made in a period, by operator. */
export interface OperatorSums {
  /** The operator's key. */
  readonly operator: string;
  readonly byChance: number;
  /** How often chance drew them while another inquiry took their last place. */
  readonly lost: number;
  readonly sticky: number;
  readonly byHand: number;
  /** Such as were to be accepted; then what became of those. */
  readonly offered: number;
  readonly accepted: number;
  readonly declined: number;
  readonly notAccepted: number;
}

/** Draws by chance, lost ones included, by the same weights among the same operators. */
export interface ChoiceSums {
  /** The key of the weights. */
  readonly weighting: string;
  /** An `e` for each operator of them who was eligible, and something else for each who was not. */
  readonly eligible: string;
  readonly count: number;
}

/** What of a source's assignments was made in a period. */
export interface AssignmentSums {
  readonly operators: readonly OperatorSums[];
  readonly choices: readonly ChoiceSums[];
}

interface SumsRow extends Omit<OperatorSums, 'operator'> {
  readonly source: string;
  readonly operator: string | null;
  readonly weighting: string | null;
  readonly eligible: string | null;
}

/**
 * Adds up the assignments of sources that were made in a period, in one pass over them: who stood in the way of nobody is
 * the same to chance whatever stood in their own, so that there are few different choices however many were made.
 *
 * @param ends the instant behind the last
 */
export async function assignmentSums(
  sources: readonly string[],
  { starts, ends }: { readonly starts: string; readonly ends: string },
  db: SqlExecutor,
): Promise<Map<string, AssignmentSums>> {
  const nobody = '-'.repeat(LETTERS_OF_OTHERS.length);
  const rows = await db.rows(sql<SumsRow>`
    with a as (
      select a.source_id, a.operator_id, a.way, a.accept_by is not null as offered, a.accepted_at is not null as accepted, a."end",
        case when a.way = 'CHANCE' then a.weighting_id end as weighting_id,
        case when a.way = 'CHANCE' then translate(a.states, ${LETTERS_OF_OTHERS}, ${nobody}) end as eligible
      from assignment a
      where a.source_id = any(${[...sources]}::bigint[])
        and a.made_at >= ${starts}::timestamptz and a.made_at < ${ends}::timestamptz
      union all
      select l.source_id, l.operator_id, 'LOST', false, false, null, l.weighting_id, translate(l.states, ${LETTERS_OF_OTHERS}, ${nobody})
      from lost_draw l
      where l.source_id = any(${[...sources]}::bigint[])
        and l.made_at >= ${starts}::timestamptz and l.made_at < ${ends}::timestamptz
    ), g as (
      select a.source_id, a.operator_id, a.weighting_id, a.eligible, grouping(a.operator_id) as of_choices,
        count(*) filter (where a.way = 'CHANCE')::integer as by_chance,
        count(*) filter (where a.way = 'LOST')::integer as lost,
        count(*) filter (where a.way = 'STICKY')::integer as sticky,
        count(*) filter (where a.way = 'BY_HAND')::integer as by_hand,
        count(*) filter (where a.offered)::integer as offered,
        count(*) filter (where a.offered and a.accepted)::integer as accepted,
        count(*) filter (where a."end" = 'DECLINED')::integer as declined,
        count(*) filter (where a."end" = 'NOT_ACCEPTED')::integer as not_accepted
      from a group by grouping sets ((a.source_id, a.operator_id), (a.source_id, a.weighting_id, a.eligible))
    )
    select g.source_id as source, g.operator_id as operator, g.by_chance as "byChance", g.lost, g.sticky, g.by_hand as "byHand",
      g.offered, g.accepted, g.declined, g.not_accepted as "notAccepted",
      g.weighting_id as weighting, g.eligible
    from g where g.of_choices = 0 or g.eligible is not null`);
  const bySource = Map.groupBy(rows, ({ source }) => source);
  return new Map([...bySource].map(([source, own]) => [source, sumsOf(own)]));
}

function sumsOf(rows: readonly SumsRow[]): AssignmentSums {
  const operators: OperatorSums[] = [];
  const choices: ChoiceSums[] = [];
  for (const { source: _, operator, weighting, eligible, ...sums } of rows) {
    if (operator !== null) operators.push({ ...sums, operator });
    else choices.push({ weighting: weighting!, eligible: eligible!, count: sums.byChance + sums.lost });
  }
  return { operators, choices };
}

/** What came in through a source in a period, and what waits now. */
export interface InquirySums {
  readonly registered: number;
  /** Of these, such as had a first answer. */
  readonly answered: number;
  readonly answeredInTime: number;
  readonly answeredLate: number;
  /** Of these, such as have no answer, and whose deadline passed while they were open. */
  readonly overdue: number;
  /** From the registration to the first answer, of all answered together; a decimal string, or null for none. */
  readonly answerSeconds: string | null;
  /** Now. */
  readonly waiting: number;
}

/** Adds up the inquiries of sources that were registered in a period. */
export async function inquirySums(
  sources: readonly string[],
  { starts, ends }: { readonly starts: string; readonly ends: string },
  db: SqlExecutor,
): Promise<Map<string, InquirySums>> {
  const rows = await db.rows(sql<InquirySums & { source: string }>`
    select s.key as source, i.*, w.* from unnest(${[...sources]}::bigint[]) s(key)
    cross join lateral (
      select count(*)::integer as registered, count(i.answered_at)::integer as answered,
        count(*) filter (where i.answered_at <= i.answer_due_at)::integer as "answeredInTime",
        count(*) filter (where i.answered_at > i.answer_due_at)::integer as "answeredLate",
        count(*) filter (where i.answered_at is null and i.answer_due_at < least(i.ended_at, ${NOW}::timestamptz))::integer as overdue,
        sum(extract(epoch from i.answered_at - i.registered_at)) as "answerSeconds"
      from inquiry i
      where i.source_id = s.key and i.registered_at >= ${starts}::timestamptz and i.registered_at < ${ends}::timestamptz
    ) i
    cross join lateral (
      select count(*)::integer as waiting from inquiry i
      where i.source_id = s.key and i.status = 'ACTIVE' and i.operator_id is null
    ) w`);
  return new Map(rows.map(({ source, ...sums }) => [source, sums]));
}
