import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';

/** Who has a number: a subscriber's contract, or an operator. */
export interface Holder {
  readonly contractId: string | null;
  readonly customerId: string | null;
  readonly operatorId: string | null;
  /** The operator's group now. */
  readonly groupId: string | null;
}

interface Holding extends Holder {
  readonly msisdn: string;
  /** Milliseconds: from the first to before the second. */
  readonly from: string;
  readonly until: string | null;
}

/** Somebody of whom nothing but the number is known. */
export const NOBODY: Holder = { contractId: null, customerId: null, operatorId: null, groupId: null };

/** Who had some numbers when: a call is rated by the holders at its start (requirements, part 6). */
export class Holders {
  private constructor(private readonly byNumber: ReadonlyMap<string, readonly Holding[]>) {}

  /** Reads all that is known of the numbers, in one statement. */
  static async of(work: Work, numbers: ReadonlySet<string>): Promise<Holders> {
    // A call's instants are whole milliseconds: rounding a bound up changes nothing for them.
    const holdings = await work.rows<Holding>(sql`
      select h.msisdn, h.contract_id as "contractId", c.customer_id as "customerId", h.operator_id as "operatorId",
        u.group_id as "groupId", ceil(extract(epoch from h.held_from) * 1000)::bigint as "from",
        ceil(extract(epoch from h.held_until) * 1000)::bigint as "until"
      from number_holding h
      left join contract c on c.id = h.contract_id
      left join operator o on o.id = h.operator_id left join app_user u on u.id = o.user_id
      where h.msisdn = any(${[...numbers]}::text[])`);
    return new Holders(Map.groupBy(holdings, (holding) => holding.msisdn));
  }

  /** Who had a number at an instant. */
  at(number: string | null, instant: Date): Holder {
    const time = instant.getTime();
    const holdings = number === null ? undefined : this.byNumber.get(number);
    return (
      holdings?.find(({ from, until }) => Number(from) <= time && (until === null || time < Number(until))) ?? NOBODY
    );
  }
}
