import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import { amount } from '../shared/money/money.js';
import type { Day } from '../shared/time/calendar.js';

/** What the daily report needs to know of an answered call. */
export interface CountedCall {
  /** Of its start. */
  readonly day: Day;
  readonly durationSeconds: number;
  /** All of its legs together, decimal string. */
  readonly income: string;
  /** Those among caller and called. */
  readonly customerIds: readonly string[];
  readonly operatorIds: readonly string[];
}

interface DayTotal {
  answeredCalls: number;
  operatorCalls: number;
  durationSeconds: number;
  income: string;
}

/** A day's rows: so many writers can add to it without waiting for each other. */
const SHARDS = 16;

/** Adds answered calls to the sums of their days, in the transaction that records them. */
export async function addToDailyTotals(work: Work, calls: readonly CountedCall[]): Promise<void> {
  if (calls.length === 0) return;
  const newcomers = await addActiveSubscribers(work, calls);
  const totals = new Map<Day, DayTotal>();
  for (const call of calls) {
    const total = totals.get(call.day) ?? { answeredCalls: 0, operatorCalls: 0, durationSeconds: 0, income: '0' };
    total.answeredCalls += 1;
    total.operatorCalls += call.operatorIds.length > 0 ? 1 : 0;
    total.durationSeconds += call.durationSeconds;
    total.income = amount(total.income).plus(call.income).toFixed();
    totals.set(call.day, total);
  }
  const records = [...totals].map(([day, total]) => ({
    day,
    answered_calls: total.answeredCalls,
    operator_calls: total.operatorCalls,
    duration_seconds: total.durationSeconds,
    active_subscribers: newcomers.get(day) ?? 0,
    income: total.income,
  }));
  await work.rows(sql`
    insert into daily_call_total as t (day, shard, answered_calls, operator_calls, duration_seconds,
      active_subscribers, income)
    select day, pg_backend_pid() % ${SHARDS}::integer, answered_calls, operator_calls, duration_seconds,
      active_subscribers, income
    from json_to_recordset(${JSON.stringify(records)}::json) as r(day date, answered_calls bigint,
      operator_calls bigint, duration_seconds bigint, active_subscribers bigint, income numeric)
    order by day
    on conflict (day, shard) do update set
      answered_calls = t.answered_calls + excluded.answered_calls,
      operator_calls = t.operator_calls + excluded.operator_calls,
      duration_seconds = t.duration_seconds + excluded.duration_seconds,
      active_subscribers = t.active_subscribers + excluded.active_subscribers,
      income = t.income + excluded.income`);
}

/**
 * Lists who was active on which day.
 *
 * They are inserted in one order, so that transactions that list the same never wait for each other in a circle.
 *
 * @returns how many each day had not listed before
 */
async function addActiveSubscribers(work: Work, calls: readonly CountedCall[]): Promise<Map<Day, number>> {
  const listed = new Map<string, { day: Day; customer_id: string | null; operator_id: string | null }>();
  for (const { day, customerIds, operatorIds } of calls) {
    for (const id of customerIds) listed.set(`${day} c${id}`, { day, customer_id: id, operator_id: null });
    for (const id of operatorIds) listed.set(`${day} o${id}`, { day, customer_id: null, operator_id: id });
  }
  if (listed.size === 0) return new Map();
  const rows = await work.rows<{ day: Day; count: string }>(sql`
    with newcomer as (
      insert into daily_active_subscriber (day, customer_id, operator_id)
      select * from json_to_recordset(${JSON.stringify([...listed.values()])}::json)
        as r(day date, customer_id bigint, operator_id bigint)
      order by day, customer_id, operator_id
      on conflict do nothing returning day
    )
    select day::text, count(*) from newcomer group by day`);
  return new Map(rows.map(({ day, count }) => [day, Number(count)]));
}
