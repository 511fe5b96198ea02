import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import type { LegPrices } from './rate-leg.js';

/** The prices of a tariff from an instant on. */
export interface PricesInForce extends LegPrices {
  readonly tariffVersionId: string;
  readonly tariffId: string;
  readonly currency: string;
  readonly includedMinutes: number;
}

interface Period {
  readonly contractId: string;
  readonly tariffId: string;
  readonly from: string;
  readonly until: string | null;
}

interface Version extends PricesInForce {
  readonly from: string;
}

/** Which prices held for some contracts when: a call is rated by those at its start (requirements, part 6). */
export class TariffsInForce {
  private constructor(
    private readonly periods: ReadonlyMap<string, readonly Period[]>,
    /** The latest first. */
    private readonly versions: ReadonlyMap<string, readonly Version[]>,
  ) {}

  /** Reads all tariffs that the contracts ever had, in two statements. */
  static async of(work: Work, contractIds: readonly string[]): Promise<TariffsInForce> {
    const periods = await work.rows<Period>(sql`
      select contract_id as "contractId", tariff_id as "tariffId",
        ceil(extract(epoch from valid_from) * 1000)::bigint as "from",
        ceil(extract(epoch from valid_until) * 1000)::bigint as "until"
      from contract_tariff where contract_id = any(${[...contractIds]}::bigint[])`);
    const versions = await work.rows<Version>(sql`
      select id as "tariffVersionId", tariff_id as "tariffId", price_per_minute as "pricePerMinute", currency,
        included_minutes as "includedMinutes", billing_step_seconds as "billingStepSeconds",
        minimum_seconds as "minimumSeconds", ceil(extract(epoch from valid_from) * 1000)::bigint as "from"
      from tariff_version where tariff_id = any(${[...new Set(periods.map(({ tariffId }) => tariffId))]}::bigint[])
      order by valid_from desc`);
    return new TariffsInForce(
      Map.groupBy(periods, (period) => period.contractId),
      Map.groupBy(versions, (version) => version.tariffId),
    );
  }

  /** The prices of a contract at an instant; undefined where it was on no tariff then, or on one without prices yet. */
  at(contractId: string, instant: Date): PricesInForce | undefined {
    const time = instant.getTime();
    const period = this.periods
      .get(contractId)
      ?.find(({ from, until }) => Number(from) <= time && (until === null || time < Number(until)));
    return period && this.versions.get(period.tariffId)?.find(({ from }) => Number(from) <= time);
  }
}
