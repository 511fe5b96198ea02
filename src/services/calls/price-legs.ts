import { sql } from 'kysely';
import { ChargeLeg } from '../../entities/calls/charge-leg.enum.js';
import type { Work } from '../shared/database/work.js';
import type { Leg } from './call-legs.js';
import type { PricedLeg } from './charge-calls.js';
import { TariffsInForce } from './tariffs-in-force.js';

/** The legs of one call. */
export interface CallLegs {
  readonly startedAt: Date;
  readonly legs: readonly Leg[];
}

/** The legs with what they are rated by, or why one cannot be, with the field of the call that names its payer. */
export type PricedLegs =
  | { readonly legs: readonly PricedLeg[] }
  | { readonly field: 'caller' | 'called'; readonly message: string };

interface LockedAccount {
  readonly id: string;
  readonly contractId: string;
  readonly currency: string;
}

/**
 * Finds what the legs of calls are rated by: the prices that held for their payers when each call began.
 *
 * From here to the end of the transaction the payers' accounts are locked: balances and included seconds are this
 * transaction's own.
 */
export async function pricedLegsOf(work: Work, calls: readonly CallLegs[]): Promise<PricedLegs[]> {
  const payers = calls.flatMap(({ legs }) =>
    legs.filter(({ freeReason }) => freeReason === null).map(({ payer }) => payer.contractId!),
  );
  const accounts = await lockAccounts(work, [...new Set(payers)]);
  const tariffs = await TariffsInForce.of(work, [...accounts.keys()]);
  return calls.map(({ legs, startedAt }) => {
    const priced: PricedLeg[] = [];
    for (const leg of legs) {
      const account = leg.freeReason === null ? accounts.get(leg.payer.contractId!) : undefined;
      const prices = account && tariffs.at(account.contractId, startedAt);
      if (leg.freeReason === null && (!prices || !chargeable(work, account!, prices))) {
        const field = leg.leg === ChargeLeg.CALLER ? 'caller' : 'called';
        return { field, message: 'is of a contract that no tariff held for when the call began' };
      }
      priced.push({ ...leg, prices, accountId: account?.id });
    }
    return { legs: priced };
  });
}

/** Money moves between accounts of one currency only. */
function chargeable(work: Work, account: LockedAccount, prices: { readonly currency: string }): boolean {
  return account.currency === work.settings.currency && prices.currency === account.currency;
}

async function lockAccounts(work: Work, contractIds: readonly string[]): Promise<Map<string, LockedAccount>> {
  if (contractIds.length === 0) return new Map();
  const rows = await work.rows<LockedAccount>(sql`
    select id, contract_id as "contractId", currency from account
    where contract_id = any(${[...contractIds]}::bigint[]) order by id for no key update`);
  return new Map(rows.map((account) => [account.contractId, account]));
}
