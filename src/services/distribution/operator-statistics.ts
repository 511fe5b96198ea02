import { sql } from 'kysely';
import { instantsOf, type ReportPeriod, readReportPeriod } from '../reports/report-period.js';
import { rightsOf } from '../shared/access/rights.js';
import type { SqlExecutor } from '../shared/database/sql-executor.js';
import type { Reader } from '../shared/read/reader.js';
import { allHold, conditionsOf } from '../shared/read/visibility.js';
import { meanText, shareText } from './figures.js';
import { countedOperators } from './statistics.policy.js';

/** Counts over an operator's assignments that were made in a period. */
interface OperatorCounts {
  readonly assigned: number;
  readonly assignedByChance: number;
  readonly assignedSticky: number;
  readonly assignedByHand: number;
  /** Of these, such as were to be accepted; then what became of those. */
  readonly offered: number;
  readonly accepted: number;
  readonly declined: number;
  readonly notAccepted: number;
  /** Of these, such as the operator gave the first answer to. */
  readonly answered: number;
  readonly answeredInTime: number;
  readonly answeredLate: number;
  /** Ended in the period, whenever they were assigned. */
  readonly closed: number;
  readonly rejected: number;
}

/** What an operator did in a period, and how busy they are now. */
export interface OperatorStatistics extends OperatorCounts, ReportPeriod {
  /** The operator's key. */
  readonly operator: string;
  readonly alias: string;
  /** Now, as is the limit. These three as the row has them: what of them is shown, `LOAD_SHOWN` says. */
  readonly load: number;
  readonly maxLoad: number;
  /** The load's share of the limit, four decimals, half-up; null for a limit of none. */
  readonly use: string | null;
  /** From the assignment to the first answer, two decimals, half-up; null where nothing was answered. */
  readonly meanAnswerSeconds: string | null;
}

interface OperatorRow extends OperatorCounts {
  readonly operator: string;
  readonly alias: string;
  readonly load: number;
  readonly maxLoad: number;
  readonly answerSeconds: string | null;
}

/**
 * The statistics of an operator over calendar days of the organisation (requirements, part 7).
 *
 * @param operator the operator's key
 * @returns null for an operator whose statistics the actor does not see
 * @throws Refusal with BAD_USER_INPUT on `from` or `to` for a period that is none
 */
export async function readOperatorStatistics(
  operator: string,
  input: { readonly from?: unknown; readonly to?: unknown },
  reader: Reader,
): Promise<OperatorStatistics | null> {
  const period = readReportPeriod(input);
  const found = await reader.worked(`Operator.statistics.${period.from}.${period.to}`, operator, (keys, db) =>
    countByOperator(keys, period, db, reader),
  );
  return found ?? null;
}

async function countByOperator(
  keys: readonly string[],
  period: ReportPeriod,
  db: SqlExecutor,
  { scope }: Reader,
): Promise<Map<string, OperatorStatistics>> {
  const { starts, ends } = instantsOf(period, scope.calendar);
  const rows = await db.rows(sql<OperatorRow>`
    select t.id as operator, t.alias, t.load, t.max_load as "maxLoad", a.*, e.*
    from operator t
    cross join lateral (
      select count(*)::integer as assigned,
        count(*) filter (where a.way = 'CHANCE')::integer as "assignedByChance",
        count(*) filter (where a.way = 'STICKY')::integer as "assignedSticky",
        count(*) filter (where a.way = 'BY_HAND')::integer as "assignedByHand",
        count(*) filter (where a.accept_by is not null)::integer as offered,
        count(*) filter (where a.accept_by is not null and a.accepted_at is not null)::integer as accepted,
        count(*) filter (where a."end" = 'DECLINED')::integer as declined,
        count(*) filter (where a."end" = 'NOT_ACCEPTED')::integer as "notAccepted",
        count(i.answered_at)::integer as answered,
        count(*) filter (where i.answered_at <= i.answer_due_at)::integer as "answeredInTime",
        count(*) filter (where i.answered_at > i.answer_due_at)::integer as "answeredLate",
        sum(extract(epoch from i.answered_at - a.made_at)) as "answerSeconds"
      from assignment a
      -- Whoever has the inquiry when it is answered gives the answer.
      left join inquiry i on i.id = a.inquiry_id and i.answered_at >= a.made_at
        and (a.ended_at is null or i.answered_at <= a.ended_at)
      where a.operator_id = t.id and a.made_at >= ${starts}::timestamptz and a.made_at < ${ends}::timestamptz
    ) a
    cross join lateral (
      select count(*) filter (where a."end" = 'CLOSED')::integer as closed,
        count(*) filter (where a."end" = 'REJECTED')::integer as rejected
      from assignment a
      where a.operator_id = t.id and a."end" in ('CLOSED', 'REJECTED')
        and a.ended_at >= ${starts}::timestamptz and a.ended_at < ${ends}::timestamptz
    ) e
    where t.id = any(${[...keys]}::bigint[]) and ${allHold(conditionsOf(countedOperators(rightsOf(scope.actor))))}`);
  return new Map(
    rows.map(({ answerSeconds, ...row }) => [
      row.operator,
      {
        ...row,
        ...period,
        use: shareText(row.load, row.maxLoad),
        meanAnswerSeconds: meanText(answerSeconds, row.answered),
      },
    ]),
  );
}
