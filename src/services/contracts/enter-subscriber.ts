import { sql } from 'kysely';
import { PaymentMethod } from '../../entities/billing/payment-method.enum.js';
import { ContractStatus } from '../../entities/contracts/contract-status.enum.js';
import { SimStatus } from '../../entities/sims/sim-status.enum.js';
import { enterPayment } from '../billing/enter-payment.js';
import type { NewCustomer } from '../customers/customer-input.js';
import { customerRegistered } from '../customers/customers.events.js';
import type { Work } from '../shared/database/work.js';
import { Refusal, type UserError } from '../shared/errors/refusal.js';
import type { NewChange, NewEvent } from '../shared/events/event.js';
import { amount } from '../shared/money/money.js';
import { checkSubscriber } from './check-subscriber.js';
import { contractRegistered } from './contracts.events.js';
import { withConflictsNamed } from './subscriber-conflicts.js';
import type { InspectedSubscriber, Subscriber } from './subscriber-input.js';
import { simTaken, takeSim } from './take-sim.js';

/** What a registration made. */
export interface Registered {
  readonly contractId: string;
  readonly customerId: string;
}

/**
 * Enters a subscriber: customer, SIM, contract with its account, tariff and number, and the opening deposit.
 *
 * @throws Refusal with every fault of the input, those that the database knows of too; nothing is entered then, once
 * the transaction, or the savepoint around it, is rolled back
 */
export async function enterSubscriber(work: Work, inspected: InspectedSubscriber): Promise<Registered> {
  const tariff = await checkSubscriber(work, inspected.values);
  const errors: UserError[] = [...inspected.errors, ...tariff.errors];
  if (errors[0]) throw new Refusal([errors[0], ...errors.slice(1)]);
  const subscriber = inspected.values as Subscriber;
  return withConflictsNamed(() => write(work, subscriber, tariff.id!));
}

async function write(work: Work, subscriber: Subscriber, tariffId: string): Promise<Registered> {
  const { customer, iccid, imsi, validFrom, deposit } = subscriber;
  const isNew = !('id' in customer);
  const customerId = isNew ? await insertCustomer(work, customer) : customer.id;
  const sim = await takeSim(work, { iccid, imsi, from: validFrom });
  const simId = sim.id;
  const { contractId, accountId, number } = await insertContract(work, subscriber, { customerId, simId, tariffId });
  const { activate: active, msisdn } = subscriber;
  const events: (NewEvent | NewChange)[] = [
    contractRegistered(
      { id: contractId, customerId, version: 1 },
      { simId, tariffId, active },
      { number, msisdn, status: active ? ContractStatus.ACTIVE : ContractStatus.ACCEPTED, validFrom },
    ),
    simTaken(sim, iccid, active ? SimStatus.ACTIVE : SimStatus.RESERVED),
  ];
  if (isNew) events.unshift(customerRegistered(customerId, customer));
  if (amount(deposit).gt(0)) {
    const payment = await enterPayment(work, {
      accountId,
      contractId,
      customerId,
      amount: deposit,
      method: PaymentMethod.CASH,
      // What is loaded of the past was paid when the contract began.
      receivedAt: new Date(Math.min(validFrom.getTime(), work.now.getTime())),
    });
    events.push(payment.event);
  }
  await work.record(events);
  return { contractId, customerId };
}

async function insertCustomer(work: Work, customer: NewCustomer): Promise<string> {
  const [made] = await work.rows<{ id: string }>(sql`
    insert into customer (name, last_name, first_name, patronymic, company_name, email)
    values (${customer.name}, ${customer.lastName}, ${customer.firstName}, ${customer.patronymic},
      ${customer.companyName}, ${customer.email})
    returning id`);
  return made!.id;
}

/** One statement: the contract with all that it has from its first instant on. */
async function insertContract(
  work: Work,
  { msisdn, activate, validFrom }: Subscriber,
  parents: { readonly customerId: string; readonly simId: string; readonly tariffId: string },
): Promise<{ contractId: string; accountId: string; number: string }> {
  const { customerId, simId, tariffId } = parents;
  const from = sql`${validFrom.toISOString()}::timestamptz`;
  const activatedAt = activate ? from : sql`null::timestamptz`;
  const [made] = await work.rows<{ contractId: string; accountId: string; number: string }>(sql`
    with made as (
      insert into contract (id, number, customer_id, msisdn, sim_id, tariff_id, status, activated_at)
      select n, 'C-' || lpad(n::text, greatest(8, length(n::text)), '0'), ${customerId}::bigint, ${msisdn}, ${simId}::bigint,
        ${tariffId}::bigint, ${activate ? ContractStatus.ACTIVE : ContractStatus.ACCEPTED}, ${activatedAt}
      from nextval(pg_get_serial_sequence('contract', 'id')) n
      returning id, number
    ), binding as (
      insert into sim_binding (sim_id, contract_id, bound_from) select ${simId}::bigint, id, ${from} from made
    ), sim_bound as (
      update sim set status = ${activate ? SimStatus.ACTIVE : SimStatus.RESERVED},
        activated_at = coalesce(activated_at, ${activatedAt})
      where id = ${simId}
    ), on_tariff as (
      insert into contract_tariff (contract_id, tariff_id, valid_from) select id, ${tariffId}::bigint, ${from} from made
    ), holding as (
      insert into number_holding (msisdn, contract_id, held_from) select ${msisdn}, id, ${from} from made
    )
    insert into account (kind, contract_id, customer_id, currency, balance)
    select 'CONTRACT', id, ${customerId}::bigint, ${work.settings.currency}, 0 from made
    returning contract_id as "contractId", id as "accountId", (select number from made) as number`);
  return made!;
}
