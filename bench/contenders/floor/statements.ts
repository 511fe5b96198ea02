import type { JsonText } from './json-text.ts';

const COMPLETED = `'COMPLETED'`;

/**
 * Twenty customers behind $1 (name) and $2 (key), with their contracts. A tariff is looked up for each contract:
 * `offset 0` keeps PostgreSQL from hashing all tariffs again for each customer, which takes longer.
 */
function page(j: JsonText): string {
  const contract = j.object({
    id: j.id('Contract', 'k.id'),
    number: j.bare('k.number'),
    msisdn: j.bare('k.msisdn'),
    status: j.bare('k.status'),
    activatedAt: j.instant('k.activated_at'),
    createdAt: j.instant('k.created_at'),
    sim: j.object({
      id: j.id('Sim', 's.id'),
      iccid: j.bare('s.iccid'),
      status: j.bare('s.status'),
      activatedAt: j.instant('s.activated_at'),
    }),
    tariff: j.object({
      id: j.id('Tariff', 't.id'),
      name: j.text('t.name'),
      active: j.plain('t.active'),
    }),
  });
  const customer = j.object({
    id: j.id('Customer', 'c.id'),
    name: j.text('c.name'),
    status: j.bare('c.status'),
    email: j.text('c.email'),
    lastPaymentAt: j.instant('c.last_payment_at'),
    createdAt: j.instant('c.created_at'),
    contracts: j.object({ nodes: 'of.contracts' }),
  });
  return `select ${j.object({ customers: j.object({ nodes: j.array(customer, 'c.name, c.id') }) })}
    from (select * from customer where (name, id) > ($1, $2::bigint) order by name, id limit 20) c
    cross join lateral (
      select ${j.array(contract, 'k.created_at, k.id')} as contracts
      from (select * from contract where customer_id = c.id order by created_at, id limit 20) k
      join sim s on s.id = k.sim_id join lateral (select * from tariff where id = k.tariff_id offset 0) t on true
    ) of`;
}

/** The customer of key $1: contracts, the last ten calls, the last ten payments. */
function card(j: JsonText): string {
  const contract = j.object({
    id: j.id('Contract', 'k.id'),
    number: j.bare('k.number'),
    msisdn: j.bare('k.msisdn'),
    status: j.bare('k.status'),
    activatedAt: j.instant('k.activated_at'),
    balance: j.money('a.balance', 'a.currency'),
    sim: j.object({ id: j.id('Sim', 's.id'), iccid: j.bare('s.iccid'), status: j.bare('s.status') }),
    tariff: j.object({ id: j.id('Tariff', 't.id'), name: j.text('t.name') }),
  });
  const call = j.object({
    id: j.id('Call', 'l.id'),
    direction: j.bare('l.direction'),
    status: j.bare('l.status'),
    startedAt: j.instant('l.started_at'),
    durationSeconds: j.plain('l.duration_seconds'),
    caller: j.object({ number: j.bare('l.caller_number') }),
    called: j.object({ number: j.bare('l.called_number') }),
    charge: charge(j),
  });
  const payment = j.object({
    id: j.id('Payment', 'p.id'),
    method: j.bare('p.method'),
    status: j.bare('p.status'),
    receivedAt: j.instant('p.received_at'),
    amount: j.money('p.amount', 'p.currency'),
  });
  const customer = j.object({
    id: j.id('Customer', 'c.id'),
    name: j.text('c.name'),
    status: j.bare('c.status'),
    email: j.text('c.email'),
    lastPaymentAt: j.instant('c.last_payment_at'),
    createdAt: j.instant('c.created_at'),
    contracts: j.object({ nodes: 'held.contracts' }),
    calls: j.object({ nodes: 'made.calls' }),
    payments: j.object({ nodes: 'paid.payments' }),
  });
  const latest = (column: string) =>
    `(select * from call where ${column} = c.id order by started_at desc, id desc limit 10)`;
  return `select ${j.object({ customer })} from customer c
    cross join lateral (
      select ${j.array(contract, 'k.created_at, k.id')} as contracts
      from (select * from contract where customer_id = c.id order by created_at, id limit 20) k
      join sim s on s.id = k.sim_id join tariff t on t.id = k.tariff_id join account a on a.contract_id = k.id
    ) held
    cross join lateral (
      select ${j.array(call, 'l.started_at desc, l.id desc')} as calls
      from (${latest('caller_customer_id')} union ${latest('called_customer_id')} order by started_at desc, id desc limit 10) l
      left join charge h on h.call_id = l.id and h.leg = 'CALLER'
    ) made
    cross join lateral (
      select ${j.array(payment, 'p.received_at desc, p.id desc')} as payments
      from (select * from payment where customer_id = c.id order by received_at desc, id desc limit 10) p
    ) paid
    where c.id = $1::bigint`;
}

function charge(j: JsonText): string {
  return j.objectIf('h.id is not null', {
    id: j.id('Charge', 'h.id'),
    freeReason: j.bare('h.free_reason'),
    billedSeconds: j.plain('h.billed_seconds'),
    amount: j.money('h.amount', 'h.currency'),
  });
}

/** Fifty calls, the newest first, with what tells whether there are more. */
function calls(j: JsonText, condition: string): string {
  const end = (which: string, alias: string) =>
    j.object({
      number: j.bare(`l.${which}_number`),
      customer: j.objectIf(`${alias}.id is not null`, {
        id: j.id('Customer', `${alias}.id`),
        name: j.text(`${alias}.name`),
      }),
    });
  const call = j.object({
    id: j.id('Call', 'l.id'),
    direction: j.bare('l.direction'),
    status: j.bare('l.status'),
    startedAt: j.instant('l.started_at'),
    endedAt: j.instant('l.ended_at'),
    durationSeconds: j.plain('l.duration_seconds'),
    caller: end('caller', 'one'),
    called: end('called', 'other'),
    charge: charge(j),
  });
  const pageInfo = j.object({ hasNextPage: j.plain('(count(l.id) > 50)'), endCursor: j.text(lastPlace) });
  return `select ${j.object({ calls: j.object({ nodes: filtered(j.array(call, 'l.place')), pageInfo }) })}
    from (
      select *, row_number() over (order by started_at desc, id desc) as place from (
        select * from call where ${condition} order by started_at desc, id desc limit 51
      ) found
    ) l
    left join customer one on one.id = l.caller_customer_id and l.place <= 50
    left join customer other on other.id = l.called_customer_id and l.place <= 50
    left join charge h on h.call_id = l.id and h.leg = 'CALLER' and l.place <= 50`;
}

/** The cursor of the last call of the page, of the product's kind: the order's name and values, as text of base 64. */
const lastPlace = `rtrim(translate(encode((
    '["Call.STARTED_AT.DESC","' || (array_agg(to_char(l.started_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') order by l.place desc)
      filter (where l.place <= 50))[1] || '","' || (array_agg(l.id order by l.place desc) filter (where l.place <= 50))[1] || '"]'
  )::bytea, 'base64'), E'\\n', ''), '=')`;

/** Leaves the row out that only tells whether there are more. */
function filtered(array: string): string {
  return array.replace(/(order by l\.place\))/, '$1 filter (where l.place <= 50)');
}

/** One object of a kind by its key $1. */
const NODES: Readonly<
  Record<string, { readonly table: string; readonly fields: (j: JsonText) => Record<string, string> }>
> = {
  Customer: {
    table: 'customer',
    fields: (j) => ({
      id: j.id('Customer', 't.id'),
      name: j.text('t.name'),
      status: j.bare('t.status'),
      email: j.text('t.email'),
      createdAt: j.instant('t.created_at'),
    }),
  },
  Contract: {
    table: 'contract',
    fields: (j) => ({
      id: j.id('Contract', 't.id'),
      number: j.bare('t.number'),
      msisdn: j.bare('t.msisdn'),
      status: j.bare('t.status'),
      createdAt: j.instant('t.created_at'),
    }),
  },
  Sim: {
    table: 'sim',
    fields: (j) => ({
      id: j.id('Sim', 't.id'),
      iccid: j.bare('t.iccid'),
      status: j.bare('t.status'),
      createdAt: j.instant('t.created_at'),
    }),
  },
  Payment: {
    table: 'payment',
    fields: (j) => ({
      id: j.id('Payment', 't.id'),
      amount: j.money('t.amount', 't.currency'),
      method: j.bare('t.method'),
      receivedAt: j.instant('t.received_at'),
    }),
  },
  Call: {
    table: 'call',
    fields: (j) => ({
      id: j.id('Call', 't.id'),
      direction: j.bare('t.direction'),
      status: j.bare('t.status'),
      startedAt: j.instant('t.started_at'),
      durationSeconds: j.plain('t.duration_seconds'),
    }),
  },
};

function node(j: JsonText, type: string): string {
  const { table, fields } = NODES[type]!;
  return `select ${j.object({ node: j.object(fields(j)) })} from ${table} t where t.id = $1::bigint`;
}

const SELECTS: Readonly<Record<string, (j: JsonText) => string>> = {
  page,
  card,
  list: (j) => calls(j, 'status = $1 and started_at >= $2::timestamptz and started_at < $3::timestamptz'),
  'deep-first': (j) => calls(j, `status = ${COMPLETED}`),
  'deep-after': (j) => calls(j, `status = ${COMPLETED} and (started_at, id) < ($1::timestamptz, $2::bigint)`),
  ...Object.fromEntries(Object.keys(NODES).map((type) => [`node-${type}`, (j: JsonText) => node(j, type)])),
};

/** The statements of the floor by name, built in one of the ways; each gives the text of `data` in one row. */
export function statementsOf(way: JsonText): Record<string, string> {
  return Object.fromEntries(Object.entries(SELECTS).map(([name, build]) => [name, `select (${build(way)})::text`]));
}
