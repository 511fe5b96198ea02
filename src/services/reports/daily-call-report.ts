import { Permission } from '../../entities/identity/permission.enum.js';
import { visibleCalls } from '../calls/call.policy.js';
import { may } from '../shared/access/operation-rule.js';
import { rightsOf } from '../shared/access/rights.js';
import type { ReadScope } from '../shared/database/parameter.js';
import type { SqlExecutor } from '../shared/database/sql-executor.js';
import { amount, type Money, money } from '../shared/money/money.js';
import { allHold, conditionsOf } from '../shared/read/visibility.js';
import { addDays, countDays, type Day } from '../shared/time/calendar.js';
import { type DaySums, sumsOfAll, sumsOfSome } from './daily-call-sums.js';
import { readReportPeriod } from './report-period.js';

/** A day of the report; averages and shares are null on a day without answered calls. */
export interface DailyCallReportRow {
  readonly day: Day;
  readonly answeredCalls: number;
  /** Two decimals, half-up. */
  readonly averageSeconds: string | null;
  /** Minutes and seconds, `2:30`. */
  readonly averageDuration: string | null;
  readonly activeSubscribers: number;
  readonly income: Money;
  readonly operatorCalls: number;
  /** Of the answered calls, between 0 and 1: four decimals, half-up. */
  readonly operatorShare: string | null;
}

const SECONDS_PER_MINUTE = 60;

/**
 * The daily report of calls (requirements, part 6): a row for each day of a period, days without calls too.
 *
 * Who may read reports sees all calls; an operator their own only.
 *
 * @throws Refusal with BAD_USER_INPUT for a period that is none
 */
export async function readDailyCallReport(
  db: SqlExecutor,
  currency: string,
  scope: ReadScope,
  input: { readonly from?: unknown; readonly to?: unknown },
): Promise<DailyCallReportRow[]> {
  const { from, to } = readReportPeriod(input);
  const days = Array.from({ length: countDays(from, to) }, (_, i) => addDays(from, i));
  const own = allHold(conditionsOf(visibleCalls(rightsOf(scope.actor))));
  const sums = may(scope.actor, Permission.REPORTS_READ)
    ? await sumsOfAll(db, from, to)
    : await sumsOfSome(db, scope, days, own);
  const byDay = new Map(sums.map((one) => [one.day, one]));
  return days.map((day) => rowOf(day, byDay.get(day), currency));
}

function rowOf(day: Day, sums: DaySums | undefined, currency: string): DailyCallReportRow {
  const calls = Number(sums?.answeredCalls ?? 0);
  const perCall = (total: string) => (calls === 0 ? null : amount(total).div(calls));
  const average = perCall(sums?.durationSeconds ?? '0');
  return {
    day,
    answeredCalls: calls,
    averageSeconds: average?.toFixed(2) ?? null,
    averageDuration: average === null ? null : toDuration(Number(average.toFixed(0))),
    activeSubscribers: Number(sums?.activeSubscribers ?? 0),
    income: money(sums?.income ?? '0', currency),
    operatorCalls: Number(sums?.operatorCalls ?? 0),
    operatorShare: perCall(sums?.operatorCalls ?? '0')?.toFixed(4) ?? null,
  };
}

function toDuration(seconds: number): string {
  const rest = String(seconds % SECONDS_PER_MINUTE).padStart(2, '0');
  return `${Math.floor(seconds / SECONDS_PER_MINUTE)}:${rest}`;
}
