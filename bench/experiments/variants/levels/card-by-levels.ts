import { CONCATENATED as j } from '../../../contenders/floor/json-text.ts';
import { type Cells, type Levels, pageOf, withMember } from './levels.ts';

const CUSTOMER = `select ${j.object({
  id: j.id('Customer', 'c.id'),
  name: j.text('c.name'),
  status: j.bare('c.status'),
  email: j.text('c.email'),
  lastPaymentAt: j.instant('c.last_payment_at'),
  createdAt: j.instant('c.created_at'),
})} from customer c where c.id = $1::bigint`;

const CONTRACTS = `select k.id, k.sim_id, k.tariff_id, ${j.object({
  id: j.id('Contract', 'k.id'),
  number: j.bare('k.number'),
  msisdn: j.bare('k.msisdn'),
  status: j.bare('k.status'),
  activatedAt: j.instant('k.activated_at'),
})} from contract k where k.customer_id = any($1::bigint[]) order by k.created_at, k.id limit 20`;

const latest = (column: string) =>
  `(select * from call where ${column} = any($1::bigint[]) order by started_at desc, id desc limit 10)`;

const CALLS = `select l.id, ${j.object({
  id: j.id('Call', 'l.id'),
  direction: j.bare('l.direction'),
  status: j.bare('l.status'),
  startedAt: j.instant('l.started_at'),
  durationSeconds: j.plain('l.duration_seconds'),
  caller: j.object({ number: j.bare('l.caller_number') }),
  called: j.object({ number: j.bare('l.called_number') }),
})} from (${latest('caller_customer_id')} union ${latest('called_customer_id')}) l
  order by l.started_at desc, l.id desc limit 10`;

const PAYMENTS = `select ${j.object({
  id: j.id('Payment', 'p.id'),
  amount: j.money('p.amount', 'p.currency'),
  method: j.bare('p.method'),
  status: j.bare('p.status'),
  receivedAt: j.instant('p.received_at'),
})} from payment p where p.customer_id = any($1::bigint[]) order by p.received_at desc, p.id desc limit 10`;

const SIMS = `select s.id, ${j.object({
  id: j.id('Sim', 's.id'),
  iccid: j.bare('s.iccid'),
  status: j.bare('s.status'),
})} from sim s where s.id = any($1::bigint[])`;

const TARIFFS = `select t.id, ${j.object({ id: j.id('Tariff', 't.id'), name: j.text('t.name') })}
  from tariff t where t.id = any($1::bigint[])`;

const BALANCES = `select a.contract_id, ${j.money('a.balance', 'a.currency')}
  from account a where a.contract_id = any($1::bigint[])`;

const CHARGES = `select h.call_id, ${j.object({
  id: j.id('Charge', 'h.id'),
  freeReason: j.bare('h.free_reason'),
  billedSeconds: j.plain('h.billed_seconds'),
  amount: j.money('h.amount', 'h.currency'),
})} from charge h where h.call_id = any($1::bigint[]) and h.leg = 'CALLER'`;

const cells = (rows: readonly Cells[], place: number) => rows.map((row) => row[place]);

/** The card of a customer, by eight statements, those of a level at once. */
export async function cardByLevels(levels: Levels, variables: Readonly<Record<string, unknown>>): Promise<string> {
  const key = Buffer.from(String(variables.id), 'base64url').toString().slice('Customer:'.length);
  const [found] = await levels.rows('card-customer', CUSTOMER, [key]);
  const customer = found?.[0];
  if (!customer) return '{"customer":null}';
  const [contracts, calls, payments] = await Promise.all([
    levels.rows('card-contracts', CONTRACTS, [[key]]),
    levels.rows('card-calls', CALLS, [[key]]),
    levels.rows('card-payments', PAYMENTS, [[key]]),
  ]);
  const [sims, tariffs, balances, charges] = await Promise.all([
    levels.byKey('card-sims', SIMS, cells(contracts, 1)),
    levels.byKey('card-tariffs', TARIFFS, cells(contracts, 2)),
    levels.byKey('card-balances', BALANCES, cells(contracts, 0)),
    levels.byKey('card-charges', CHARGES, cells(calls, 0)),
  ]);
  const heldContracts = contracts.map(([id, sim, tariff, contract]) => {
    const withBalance = withMember(contract!, 'balance', balances.get(id!)!);
    return withMember(withMember(withBalance, 'sim', sims.get(sim!)!), 'tariff', tariffs.get(tariff!)!);
  });
  const charged = calls.map(([id, call]) => withMember(call!, 'charge', charges.get(id!) ?? 'null'));
  const lists = [
    ['contracts', heldContracts],
    ['calls', charged],
    ['payments', payments.map(([payment]) => payment!)],
  ] as const;
  const whole = lists.reduce((object, [name, nodes]) => withMember(object, name, pageOf(nodes)), customer);
  return `{"customer":${whole}}`;
}
