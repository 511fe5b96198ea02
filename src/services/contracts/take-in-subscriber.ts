import { sql } from 'kysely';
import type { ContractStatus } from '../../entities/contracts/contract-status.enum.js';
import { changeCustomer } from '../customers/change-customer.js';
import type { NewCustomer } from '../customers/customer-input.js';
import type { Work } from '../shared/database/work.js';
import { Refusal, type UserError } from '../shared/errors/refusal.js';
import { tidied } from '../shared/text/tidied.js';
import { changeTariff } from './change-tariff.js';
import { findTariff } from './check-subscriber.js';
import { enterSubscriber } from './enter-subscriber.js';
import { inspectSubscriber, type Subscriber, type SubscriberInput } from './subscriber-input.js';
import { swapSim } from './swap-sim.js';
import { simObstacles } from './take-sim.js';

/** A row of a file of subscribers, as its cells read (requirements, part 12, ManyRegister). */
export interface SubscriberRow {
  /** Last, first and patronymic name. */
  readonly name: string;
  /** The key: one number is one subscriber. */
  readonly number: string;
  /** May be blank. */
  readonly email: string;
  readonly iccid: string;
  /** The tariff's name. */
  readonly tariff: string;
  /** Of a new subscriber only; blank is none. */
  readonly deposit: string;
  /** Since when the row holds, never in the future; now when left out. */
  readonly validFrom?: Date | null | undefined;
}

/** What a row did. */
export type TakenIn = 'created' | 'updated' | 'unchanged';

interface KnownContract {
  readonly id: string;
  readonly customerId: string;
  readonly status: ContractStatus;
  readonly iccid: string;
  readonly tariff: string;
}

/**
 * Takes in one row of a file of subscribers: registers an unknown number as GetSim does, brings a known one up to what
 * the row says, and writes nothing where it says nothing new.
 *
 * @throws Refusal with every fault of the row, on the paths of `SubscriberInput` (`columnOf` names their columns):
 * CONFLICT on `iccid` for a SIM that another number holds, and on `msisdn` for a number that is an operator's
 */
export async function takeInSubscriber(work: Work, row: SubscriberRow): Promise<TakenIn> {
  const inspected = inspectSubscriber(work, inputOf(row));
  const { msisdn } = inspected.values;
  const known = msisdn && (await lockContract(work, msisdn));
  if (!known) {
    await enterSubscriber(work, inspected);
    return 'created';
  }
  const { values } = inspected;
  const from = values.validFrom ?? work.now;
  const errors: UserError[] = [...inspected.errors];
  const otherSim = values.iccid !== undefined && values.iccid !== known.iccid;
  if (otherSim) errors.push(...(await simObstacles(work, { iccid: values.iccid, imsi: null, from })));
  const otherTariff = values.tariff && !('name' in values.tariff && values.tariff.name === known.tariff);
  const tariff = otherTariff ? await findTariff(work, values.tariff, from) : undefined;
  errors.push(...(tariff?.errors ?? []));
  if (errors[0]) throw new Refusal([errors[0], ...errors.slice(1)]);
  return update(work, known, inspected.values as Subscriber, { otherSim, tariffId: tariff?.id });
}

async function update(
  work: Work,
  known: KnownContract,
  listed: Subscriber,
  { otherSim, tariffId }: { readonly otherSim: boolean; readonly tariffId: string | undefined },
): Promise<TakenIn> {
  const renamed = await changeCustomer(work, known.customerId, listed.customer as NewCustomer);
  if (otherSim) await swapSim(work, known, listed.iccid, listed.validFrom);
  if (tariffId) await changeTariff(work, known, tariffId, listed.validFrom);
  return renamed || otherSim || tariffId ? 'updated' : 'unchanged';
}

function inputOf(row: SubscriberRow): SubscriberInput {
  // Sums in files are often written in groups of three digits.
  const deposit = row.deposit.trim().replace(/(?<=\d)\s(?=\d{3}(?!\d))/g, '');
  return {
    customer: { fullName: row.name, email: tidied(row.email) || null },
    msisdn: row.number,
    iccid: row.iccid,
    tariffName: row.tariff,
    deposit: deposit || null,
    validFrom: row.validFrom,
  };
}

async function lockContract(work: Work, msisdn: string): Promise<KnownContract | undefined> {
  const [locked] = await work.rows<{ id: string }>(sql`
    select id from contract where msisdn = ${msisdn} and status not in ('CLOSED', 'CANCELLED') for no key update`);
  if (!locked) return undefined;
  // What others did to it while we waited for the lock shows in a statement of its own only.
  const [contract] = await work.rows<KnownContract>(sql`
    select c.id, c.customer_id as "customerId", c.status, s.iccid, t.name as tariff
    from contract c join sim s on s.id = c.sim_id join tariff t on t.id = c.tariff_id where c.id = ${locked.id}`);
  return contract;
}
