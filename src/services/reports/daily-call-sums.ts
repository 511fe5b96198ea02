import { type RawBuilder, sql } from 'kysely';
import type { ReadScope } from '../shared/database/parameter.js';
import type { SqlExecutor } from '../shared/database/sql-executor.js';
import { addDays, type Day } from '../shared/time/calendar.js';

/** The sums over a day's answered calls; the database gives whole numbers as text. */
export interface DaySums {
  readonly day: Day;
  readonly answeredCalls: string;
  /** Of these, with an operator at either end. */
  readonly operatorCalls: string;
  readonly durationSeconds: string;
  readonly activeSubscribers: string;
  /** Decimal string. */
  readonly income: string;
}

/** The sums of all calls, from what was added up as they were recorded: however many calls there are, it is as fast. */
export function sumsOfAll(db: SqlExecutor, from: Day, to: Day): Promise<DaySums[]> {
  return db.rows(sql<DaySums>`
    select day::text, sum(answered_calls) as "answeredCalls", sum(operator_calls) as "operatorCalls",
      sum(duration_seconds) as "durationSeconds", sum(active_subscribers) as "activeSubscribers", sum(income) as income
    from daily_call_total where day between ${from}::date and ${to}::date group by day`);
}

/** The sums of those calls that a condition on table `t` holds for, from the calls themselves. */
export function sumsOfSome(
  db: SqlExecutor,
  scope: ReadScope,
  days: readonly Day[],
  condition: RawBuilder<unknown>,
): Promise<DaySums[]> {
  const starts = [...days, addDays(days.at(-1)!, 1)].map((day) => scope.calendar.startOf(day).toISOString());
  const statement = sql<DaySums>`
    with mine as materialized (
      select t.* from call t
      where t.status in ('COMPLETED', 'REDIRECTED') and ${condition}
        and t.started_at >= ${starts[0]}::timestamptz and t.started_at < ${starts.at(-1)}::timestamptz
    ), of_day as materialized (
      select d.day, m.* from mine m
      join unnest(${[...days]}::text[], ${starts.slice(0, -1)}::timestamptz[], ${starts.slice(1)}::timestamptz[])
        as d(day, starts, ends) on m.started_at >= d.starts and m.started_at < d.ends
    ), sums as (
      select day, count(*) as calls, sum(duration_seconds) as seconds,
        count(*) filter (where caller_operator_id is not null or called_operator_id is not null) as with_operator
      from of_day group by day
    ), active as (
      select day, count(distinct who.id) as people from of_day
      cross join lateral (values ('c' || caller_customer_id), ('c' || called_customer_id),
        ('o' || caller_operator_id), ('o' || called_operator_id)) who(id)
      group by day
    ), earned as (
      select o.day, sum(c.amount) as income from of_day o join charge c on c.call_id = o.id group by o.day
    )
    select s.day, s.calls as "answeredCalls", s.with_operator as "operatorCalls", s.seconds as "durationSeconds",
      coalesce(a.people, 0) as "activeSubscribers", coalesce(e.income, 0) as income
    from sums s left join active a on a.day = s.day left join earned e on e.day = s.day`;
  return db.rows(statement, scope);
}
