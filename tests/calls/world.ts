import { sql } from 'kysely';
import { CallStatus } from '../../src/entities/calls/call-status.enum.js';
import type { Charge } from '../../src/entities/calls/charge.entity.js';
import type { NewCall } from '../../src/services/calls/new-call.js';
import { type CallOutcome, recordCalls } from '../../src/services/calls/record-calls.js';
import { publishTariff } from '../../src/services/catalog/publish-tariff.js';
import { changeTariff } from '../../src/services/contracts/change-tariff.js';
import { registerOperator } from '../../src/services/identity/register-operator.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import type { Database } from '../../src/services/shared/database/database.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { msisdnOf, registerTestSubscriber } from '../support/subscribers.js';

/** Prices of a tariff; what is left out is a rouble a minute, by the second, with nothing included. */
export interface Prices {
  readonly pricePerMinute?: string;
  readonly billingStepSeconds?: number;
  readonly minimumSeconds?: number;
  readonly includedMinutes?: number;
}

export interface TestSubscriber {
  readonly number: string;
  readonly contractId: string;
  readonly customerId: string;
}

export interface TestOperator {
  readonly number: string;
  readonly operatorId: string;
}

/** A charge as the tests look at it. */
export type ChargeRow = Pick<Charge, 'leg' | 'freeReason' | 'billedSeconds' | 'includedSeconds' | 'amount'> & {
  readonly contractId: string | null;
};

/** Everything in the tests begins to hold here. */
export const START = new Date('2026-01-01T00:00:00+03:00');
/** A number that nobody of ours has. */
export const STRANGER = '+79995554433';
const ACTOR = systemActor('test');

/** Subscribers, operators and calls in a database of a test's own. */
export class World {
  #people = 0;
  #calls = 0;

  constructor(readonly database: Database) {}

  /** Publishes a tariff's prices from an instant on; gives the tariff's key. */
  async tariff(name: string, prices: Prices = {}, validFrom = START): Promise<string> {
    const standard = { pricePerMinute: '1', billingStepSeconds: 1, minimumSeconds: 0, includedMinutes: 0 };
    const published = await this.database.transact(ACTOR, (work) =>
      publishTariff(work, { name, monthlyFee: '0', ...standard, ...prices, validFrom }),
    );
    return published.tariffId;
  }

  /** Registers a subscriber, on a number of their own where none is given. */
  async subscriber(tariffId: string, msisdn?: string, validFrom = START): Promise<TestSubscriber> {
    this.#people += 1;
    const n = this.#people;
    const number = msisdn ?? msisdnOf(n);
    const parts = { msisdn: number, validFrom };
    const made = await registerTestSubscriber(this.database, n, encodeId('Tariff', tariffId), parts);
    return { number, ...made };
  }

  async operator(): Promise<TestOperator> {
    this.#people += 1;
    const n = this.#people;
    const number = `+7901${String(n).padStart(7, '0')}`;
    const { operatorId } = await this.database.transact(ACTOR, (work) =>
      registerOperator(work, {
        alias: `Operator ${n}`,
        fullName: 'Иванова Анна',
        email: `operator${n}@test.example`,
        phone: number,
        maxLoad: 5,
        schedule: null,
        validFrom: START,
      }),
    );
    return { number, operatorId };
  }

  changeTariff({ contractId, customerId }: TestSubscriber, tariffId: string, from: Date): Promise<void> {
    return this.database.transact(ACTOR, (work) => changeTariff(work, { id: contractId, customerId }, tariffId, from));
  }

  /** Takes a number from its holder at an instant. */
  async release(number: string, until: Date): Promise<void> {
    await this.database.rows(sql`update contract set status = 'CLOSED' where msisdn = ${number}`);
    await this.database.rows(
      sql`update number_holding set held_until = ${until} where msisdn = ${number} and held_until is null`,
    );
  }

  /** A completed call of a minute at noon in Moscow on 1 September 2026, but for what is said otherwise. */
  call(caller: string, called: string, parts: Partial<NewCall> = {}): NewCall {
    this.#calls += 1;
    return {
      exchange: 'test',
      externalId: String(this.#calls),
      caller,
      called,
      status: CallStatus.COMPLETED,
      startedAt: new Date('2026-09-01T12:00:00+03:00'),
      durationSeconds: 60,
      ...parts,
    };
  }

  redirected(caller: string, called: string, redirectedTo: string, parts: Partial<NewCall> = {}): NewCall {
    return this.call(caller, called, { status: CallStatus.REDIRECTED, redirectedTo, ...parts });
  }

  /** How often a batch was begun: more often than there were batches where one was run again after a deadlock. */
  attempts = 0;

  record(...calls: NewCall[]): Promise<CallOutcome[]> {
    return this.database.transact(ACTOR, (work) => {
      this.attempts += 1;
      return recordCalls(work, calls);
    });
  }

  /** Records one call; gives its charges. */
  async charged(call: NewCall): Promise<ChargeRow[]> {
    const [outcome] = await this.record(call);
    if (outcome?.outcome !== 'RECORDED') throw new Error(`Not recorded: ${JSON.stringify(outcome)}`);
    return this.chargesOf(outcome.callId);
  }

  chargesOf(callId: string): Promise<ChargeRow[]> {
    return this.database.rows(sql<ChargeRow>`
      select leg, free_reason as "freeReason", billed_seconds as "billedSeconds", included_seconds as "includedSeconds",
        amount, contract_id as "contractId" from charge where call_id = ${callId} order by leg`);
  }

  async balance({ contractId }: TestSubscriber): Promise<string> {
    const rows = await this.database.rows<{ balance: string }>(
      sql`select balance from account where contract_id = ${contractId}`,
    );
    return rows[0]!.balance;
  }
}

/** Fails unless the books are right whatever was recorded: ledger, balances, the mart, included seconds, the days' sums. */
export async function expectSoundBooks(database: Database): Promise<void> {
  const wrong = async (statement: string) => database.rows(sql.raw<object>(statement));
  expect(await wrong('select entry_id from posting group by entry_id having sum(amount) <> 0')).toEqual([]);
  expect(
    await wrong(`select a.id from account a left join posting p on p.account_id = a.id where a.kind = 'CONTRACT'
      group by a.id having a.balance <> coalesce(sum(p.amount), 0)`),
  ).toEqual([]);
  expect(
    await wrong(`select c.id from charge c left join account a on a.contract_id = c.contract_id
      left join posting p on p.entry_id = c.entry_id and p.account_id = a.id
      where c.amount <> coalesce(-p.amount, 0)`),
  ).toEqual([]);
  expect(
    await wrong(`select coalesce(u.contract_id, c.contract_id) from included_usage u full join (
        select contract_id, date_trunc('month', started_at at time zone 'Europe/Moscow')::date as month,
          sum(included_seconds) as used from charge group by 1, 2 having sum(included_seconds) > 0) c
        on c.contract_id = u.contract_id and c.month = u.month where u.used_seconds is distinct from c.used`),
  ).toEqual([]);
  expect(await wrong(DAYS_THAT_DIFFER)).toEqual([]);
}

const DAYS_THAT_DIFFER = `
  with answered as (
    select *, (started_at at time zone 'Europe/Moscow')::date as day from call
    where status in ('COMPLETED', 'REDIRECTED')
  ), expected as (
    select a.day, count(*) as calls, sum(duration_seconds) as seconds,
      count(*) filter (where caller_operator_id is not null or called_operator_id is not null) as operator_calls,
      sum((select coalesce(sum(amount), 0) from charge c where c.call_id = a.id)) as income
    from answered a group by a.day
  ), active as (
    select day, count(distinct who) as people from answered, lateral (values ('c' || caller_customer_id),
      ('c' || called_customer_id), ('o' || caller_operator_id), ('o' || called_operator_id)) as v(who) group by day
  ), kept as (
    select day, sum(answered_calls) as calls, sum(duration_seconds) as seconds, sum(operator_calls) as operator_calls,
      sum(income) as income, sum(active_subscribers) as people from daily_call_total group by day
  )
  select coalesce(k.day, e.day)::text as day from kept k full join (expected e join active using (day)) on e.day = k.day
  where (k.calls, k.seconds, k.operator_calls, k.income, k.people)
    is distinct from (e.calls, e.seconds, e.operator_calls, e.income, active.people)`;
