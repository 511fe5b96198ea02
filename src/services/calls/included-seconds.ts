import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import type { Day } from '../shared/time/calendar.js';

/** A calendar month of a contract; `month` is its first day. */
export interface ContractMonth {
  readonly contractId: string;
  readonly month: Day;
}

const keyOfMonth = ({ contractId, month }: ContractMonth) => `${contractId} ${month}`;

/**
 * How many of their included seconds contracts have used in their months, while calls are rated in their order.
 *
 * Whoever uses it holds the locks of these contracts' accounts: they guard the rows here too.
 */
export class IncludedSeconds {
  readonly #changed = new Map<string, ContractMonth>();

  private constructor(private readonly used: Map<string, number>) {}

  static async of(work: Work, months: readonly ContractMonth[]): Promise<IncludedSeconds> {
    if (months.length === 0) return new IncludedSeconds(new Map());
    const rows = await work.rows<ContractMonth & { usedSeconds: number }>(sql`
      select u.contract_id as "contractId", u.month::text as month, u.used_seconds as "usedSeconds"
      from included_usage u
      join (select distinct * from unnest(${months.map(({ contractId }) => contractId)}::bigint[],
        ${months.map(({ month }) => month)}::date[]) as m(contract_id, month)) m using (contract_id, month)`);
    return new IncludedSeconds(new Map(rows.map((row) => [keyOfMonth(row), row.usedSeconds])));
  }

  usedIn(month: ContractMonth): number {
    return this.used.get(keyOfMonth(month)) ?? 0;
  }

  use(month: ContractMonth, seconds: number): void {
    if (seconds === 0) return;
    this.used.set(keyOfMonth(month), this.usedIn(month) + seconds);
    this.#changed.set(keyOfMonth(month), month);
  }

  /** Writes what was used. */
  async keep(work: Work): Promise<void> {
    const months = [...this.#changed.values()];
    if (months.length === 0) return;
    await work.rows(sql`
      insert into included_usage (contract_id, month, used_seconds)
      select * from unnest(${months.map(({ contractId }) => contractId)}::bigint[],
        ${months.map(({ month }) => month)}::date[], ${months.map((month) => this.usedIn(month))}::integer[])
      on conflict (contract_id, month) do update set used_seconds = excluded.used_seconds`);
  }
}
