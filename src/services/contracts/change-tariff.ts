import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import { tariffChanged } from './contracts.events.js';

/** A contract whose row the transaction has locked. */
export interface LockedContract {
  readonly id: string;
  readonly customerId: string;
}

/**
 * Puts a contract on another tariff from an instant on, or from its last change where that is later: what lies before
 * keeps the tariff that it had. A change from the very instant of the last one takes its place.
 *
 * Charges that were made already stay as they are.
 */
export async function changeTariff(work: Work, contract: LockedContract, tariffId: string, from: Date): Promise<void> {
  const [current] = await work.rows<{ id: string; tariffId: string; at: string; atOnce: boolean }>(sql`
    select id, tariff_id as "tariffId", greatest(valid_from, ${from.toISOString()}::timestamptz) as at,
      valid_from >= ${from.toISOString()}::timestamptz as "atOnce"
    from contract_tariff where contract_id = ${contract.id} and valid_until is null for no key update`);
  const { id, at, atOnce, tariffId: previousTariffId } = current!;
  if (atOnce) {
    await work.rows(sql`update contract_tariff set tariff_id = ${tariffId} where id = ${id}`);
  } else {
    await work.rows(sql`update contract_tariff set valid_until = ${at}::timestamptz where id = ${id}`);
    await work.rows(sql`
      insert into contract_tariff (contract_id, tariff_id, valid_from) values (${contract.id}, ${tariffId}, ${at}::timestamptz)`);
  }
  const [changed] = await work.rows<{ version: number }>(sql`
    update contract set tariff_id = ${tariffId}, version = version + 1 where id = ${contract.id} returning version`);
  const change = { tariffId, previousTariffId, validFrom: new Date(at).toISOString() };
  await work.record([tariffChanged({ ...contract, version: changed!.version }, change)]);
}
