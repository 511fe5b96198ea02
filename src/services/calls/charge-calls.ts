import { sql } from 'kysely';
import { AccountKind } from '../../entities/billing/account-kind.enum.js';
import { LedgerEntryKind } from '../../entities/billing/ledger-entry-kind.enum.js';
import { companyAccountId } from '../billing/company-account.js';
import { type NewEntry, postEntries } from '../billing/post-entry.js';
import type { Work } from '../shared/database/work.js';
import { amount, roundCharge } from '../shared/money/money.js';
import type { Day } from '../shared/time/calendar.js';
import type { Leg } from './call-legs.js';
import { type ContractMonth, IncludedSeconds } from './included-seconds.js';
import type { ReadCall } from './new-call.js';
import { type RatedLeg, rateLeg } from './rate-leg.js';
import type { PricesInForce } from './tariffs-in-force.js';

/** A leg with what it is rated by; both are undefined exactly where it is free. */
export interface PricedLeg extends Leg {
  readonly prices: PricesInForce | undefined;
  /** The payer's account, whose lock is held. */
  readonly accountId: string | undefined;
}

/** A recorded call whose legs are to be charged. */
export interface CallToCharge {
  readonly callId: string;
  readonly call: ReadCall;
  readonly legs: readonly PricedLeg[];
  /** The calendar day of its start. */
  readonly day: Day;
}

interface Charge {
  readonly of: CallToCharge;
  readonly leg: PricedLeg;
  readonly rated: RatedLeg;
}

const FREE: RatedLeg = { billedSeconds: 0, includedSeconds: 0, amount: roundCharge(amount(0)) };
const SECONDS_PER_MINUTE = 60;

const monthOf = (leg: PricedLeg, day: Day): ContractMonth => ({
  contractId: leg.payer.contractId!,
  month: `${day.slice(0, 7)}-01`,
});

/**
 * Rates calls in their order and charges their payers: included seconds, ledger, and the mart of charges.
 *
 * @param calls answered ones; the locks of the accounts of all that are rated are held
 * @returns for each call what it cost, all of its legs together, as a decimal string
 */
export async function chargeCalls(work: Work, calls: readonly CallToCharge[]): Promise<string[]> {
  const charges = await rate(work, calls);
  const entryIds = await post(work, charges);
  await insertCharges(work, charges, entryIds);
  const income = new Map<CallToCharge, string>();
  for (const { of, rated } of charges) {
    const sum = amount(income.get(of) ?? 0).plus(rated.amount);
    income.set(of, sum.toFixed());
  }
  return calls.map((call) => income.get(call) ?? FREE.amount);
}

async function rate(work: Work, calls: readonly CallToCharge[]): Promise<Charge[]> {
  const withIncluded = calls.flatMap(({ legs, day }) =>
    legs.filter(({ prices }) => (prices?.includedMinutes ?? 0) > 0).map((leg) => monthOf(leg, day)),
  );
  const included = await IncludedSeconds.of(work, withIncluded);
  const charges: Charge[] = [];
  for (const of of calls) {
    for (const leg of of.legs) {
      const { prices } = leg;
      if (!prices) {
        charges.push({ of, leg, rated: FREE });
        continue;
      }
      const month = monthOf(leg, of.day);
      const left = prices.includedMinutes * SECONDS_PER_MINUTE - included.usedIn(month);
      const rated = rateLeg(of.call.durationSeconds, prices, left);
      included.use(month, rated.includedSeconds);
      charges.push({ of, leg, rated });
    }
  }
  await included.keep(work);
  return charges;
}

/** @returns the entries' keys by their charge; a charge of nothing has none */
async function post(work: Work, charges: readonly Charge[]): Promise<Map<Charge, string>> {
  const due = charges.filter(({ rated }) => amount(rated.amount).gt(0));
  if (due.length === 0) return new Map();
  const revenue = await companyAccountId(work, AccountKind.CALL_REVENUE);
  const entries = due.map(
    ({ of, leg, rated }): NewEntry => ({
      kind: LedgerEntryKind.CALL_CHARGE,
      occurredAt: of.call.startedAt,
      postings: [
        { accountId: leg.accountId!, amount: amount(rated.amount).negated().toFixed() },
        { accountId: revenue, amount: rated.amount },
      ],
    }),
  );
  const ids = await postEntries(work, entries);
  return new Map(due.map((charge, i) => [charge, ids[i]!]));
}

async function insertCharges(work: Work, charges: readonly Charge[], entryIds: Map<Charge, string>): Promise<void> {
  if (charges.length === 0) return;
  const { currency } = work.settings;
  const records = charges.map((charge) => {
    const { of, leg, rated } = charge;
    return {
      call_id: of.callId,
      leg: leg.leg,
      contract_id: leg.payer.contractId,
      customer_id: leg.payer.customerId,
      tariff_version_id: leg.prices?.tariffVersionId ?? null,
      price_per_minute: leg.prices?.pricePerMinute ?? null,
      free_reason: leg.freeReason,
      started_at: of.call.startedAt,
      duration_seconds: of.call.durationSeconds,
      billed_seconds: rated.billedSeconds,
      included_seconds: rated.includedSeconds,
      amount: rated.amount,
      entry_id: entryIds.get(charge) ?? null,
    };
  });
  await work.rows(sql`
    insert into charge (call_id, leg, contract_id, customer_id, tariff_version_id, price_per_minute, free_reason,
      started_at, duration_seconds, billed_seconds, included_seconds, amount, entry_id, currency)
    select r.*, ${currency} from json_to_recordset(${JSON.stringify(records)}::json) as r(call_id bigint, leg text,
      contract_id bigint, customer_id bigint, tariff_version_id bigint, price_per_minute numeric, free_reason text,
      started_at timestamptz, duration_seconds integer, billed_seconds integer, included_seconds integer,
      amount numeric, entry_id bigint)`);
}
