import { sql } from 'kysely';
import { CustomerStatus } from '../../entities/customers/customer-status.enum.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import type { UserError } from '../shared/errors/refusal.js';
import { CONFLICTS } from './subscriber-conflicts.js';
import type { Subscriber } from './subscriber-input.js';
import { simObstacles } from './take-sim.js';

/** A tariff that a contract may be put on from an instant on, or why not. */
export interface FoundTariff {
  readonly id?: string;
  readonly errors: readonly UserError[];
}

/** Finds a tariff for a contract: it must be on sale and have prices at the instant. */
export async function findTariff(work: Work, wanted: Subscriber['tariff'], from: Date): Promise<FoundTariff> {
  const path = ['input', 'id' in wanted ? 'tariffId' : 'tariffName'];
  const [tariff] = await work.rows<{ id: string; active: boolean; priced: boolean }>(sql`
    select t.id, t.active, exists (
      select from tariff_version v where v.tariff_id = t.id and v.valid_from <= ${from.toISOString()}::timestamptz) as priced
    from tariff t where ${'id' in wanted ? sql`t.id = ${wanted.id}` : sql`t.name = ${wanted.name}`}`);
  if (!tariff) return { errors: [{ code: ErrorCode.NOT_FOUND, message: 'There is no such tariff.', path }] };
  const errors: UserError[] = [];
  if (!tariff.active) errors.push({ code: ErrorCode.STATE_NOT_ALLOWED, message: 'This tariff is not on sale.', path });
  if (!tariff.priced) {
    const message = `This tariff has no prices yet at ${from.toISOString()}.`;
    errors.push({ code: ErrorCode.STATE_NOT_ALLOWED, message, path });
  }
  return { id: tariff.id, errors };
}

async function customerObstacles(work: Work, id: string): Promise<UserError[]> {
  const path = ['input', 'customerId'];
  const [customer] = await work.rows<{ status: CustomerStatus }>(sql`select status from customer where id = ${id}`);
  if (!customer) return [{ code: ErrorCode.NOT_FOUND, message: 'There is no such customer.', path }];
  if (customer.status === CustomerStatus.ACTIVE) return [];
  const message = `This customer is ${customer.status.toLowerCase()}.`;
  return [{ code: ErrorCode.STATE_NOT_ALLOWED, message, path }];
}

async function numberObstacles(work: Work, msisdn: string, from: Date): Promise<UserError[]> {
  const [{ held }] = (await work.rows<{ held: boolean }>(sql`
    select exists (select from contract where msisdn = ${msisdn} and status not in ('CLOSED', 'CANCELLED'))
      or exists (select from number_holding where msisdn = ${msisdn}
        and tstzrange(held_from, held_until) && tstzrange(${from.toISOString()}::timestamptz, null)) as held`)) as [
    { held: boolean },
  ];
  return held ? [CONFLICTS.NUMBER_HELD] : [];
}

/**
 * Asks the database of each field that could be read whether it can be: all that stands against it at once.
 *
 * It takes no locks: what changes before the write is refused by the write itself, by the same names.
 */
export async function checkSubscriber(work: Work, values: Partial<Subscriber>): Promise<FoundTariff> {
  const from = values.validFrom ?? work.now;
  const errors: UserError[] = [];
  if (values.customer && 'id' in values.customer) errors.push(...(await customerObstacles(work, values.customer.id)));
  if (values.msisdn) errors.push(...(await numberObstacles(work, values.msisdn, from)));
  if (values.iccid) {
    errors.push(...(await simObstacles(work, { iccid: values.iccid, imsi: values.imsi ?? null, from })));
  }
  const tariff = values.tariff ? await findTariff(work, values.tariff, from) : undefined;
  return { ...(tariff?.id && { id: tariff.id }), errors: [...errors, ...(tariff?.errors ?? [])] };
}
