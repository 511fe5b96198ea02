import { sql } from 'kysely';
import type { Actor } from '../../src/services/shared/access/actor.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { World } from '../calls/world.js';
import { sentBy } from '../support/count-statements.js';
import { explain } from '../support/explain.js';
import { type Product, startProduct } from '../support/product.js';
import { type SecondServer, startSecondServer } from '../support/second-server.js';
import { type Actors, createActors, type SignedIn } from '../support/sign-ins.js';

const OPERATORS = 30;

let product: Product;
let resolving: SecondServer;
let actors: Actors;

beforeAll(async () => {
  product = await startProduct({ env: { READ_PLANS: 'on' } });
  resolving = await startSecondServer(product, { READ_PLANS: 'off' });
  const { database } = product;
  actors = await createActors(database);
  const world = new World(database);
  for (let n = 0; n < OPERATORS; n += 1) await world.operator();
  await database.rows(sql`
    insert into customer (name, email) select 'Customer ' || n, 'Mail' || n || '@test.example' from generate_series(1, 20000) n`);
  await database.rows(sql`
    insert into lead (external_id, phone, email)
    select 'a' || n, '+7903' || lpad(n::text, 7, '0'), 'lead' || n || '@test.example' from generate_series(1, 20000) n`);
  await database.rows(sql`
    insert into lead_alias (lead_id, identifier, value)
    select id, 'PHONE', '+7904' || lpad(id::text, 7, '0') from lead where id % 4 = 0`);
  await database.rows(sql`
    with s as (insert into source (name, name_key, skills) values ('Bot', 'bot', '{}') returning id)
    insert into lead_source_id (lead_id, source_id, external_id) select l.id, s.id, 'b' || l.id from lead l, s`);
  await database.rows(sql`
    insert into source (name, name_key, skills) select 'Form ' || n, 'form ' || n, '{}' from generate_series(0, 49) n`);
  await database.rows(sql`
    insert into source_weight (source_id, operator_id, weight)
    select s.id, o.id, 1 from source s join operator o on o.id % 10 = s.id % 10 where s.name_key like 'form %'`);
  await database.rows(sql`
    insert into inquiry (source_id, lead_id, operator_id, status, ended_at, waiting_reason, waiting_since, priority, skills, message)
    select s.id, l.id, k.operator, k.status, case when k.status = 'CLOSED' then now() end,
      case when k.status = 'ACTIVE' then 'NO_OPERATORS' end, case when k.status = 'ACTIVE' then now() end, 0, '{}', ''
    from lead l join source s on s.name_key = 'form ' || l.id % 50, lateral (select
      case when l.id % 1000 = 0 then ${actors.operator.actor.operatorId}::bigint end as operator,
      case when l.id % 1000 = 0 then 'CLOSED' else 'ACTIVE' end as status) k`);
  // Each in every part that it can have, and in most calls in none.
  await database.rows(sql`
    with operators as (select array_agg(id order by id) as ids from operator), customers as (select min(id) as first from customer)
    insert into call (exchange, external_id, direction, status, caller_number, called_number, redirected_to_number,
      caller_customer_id, called_customer_id, caller_operator_id, called_operator_id, redirected_to_operator_id,
      started_at, duration_seconds)
    select 'test', n, 'NETWORK', case when n % 10 = 0 then 'REDIRECTED' else 'MISSED' end,
      '+7900' || lpad((n % 500)::text, 7, '0'), '+7901' || lpad((n % 500)::text, 7, '0'),
      case when n % 10 = 0 then '+79020000000' end,
      case when n % 2 = 0 then first + n % 4000 end, case when n % 2 = 1 then first + n % 4000 end,
      case when n % 5 = 1 then ids[1 + n % cardinality(ids)] end, case when n % 4 = 2 then ids[1 + n % cardinality(ids)] end,
      case when n % 10 = 0 then ids[1 + n % cardinality(ids)] end,
      '2026-09-01T00:00:00Z'::timestamptz + n * interval '1 second', 0
    from generate_series(1, 50000) n, operators, customers`);
  await database.rows(sql`analyze`);
});
afterAll(async () => {
  await resolving?.stop();
  await product?.stop();
});

type Side = Pick<Product, 'database' | 'graphql'>;

/** How PostgreSQL goes about the one statement on a table that a query sends. */
async function planOf(side: Side, query: string, table: string, { token }: SignedIn<Actor>): Promise<string> {
  const sent = await sentBy(side, async () => {
    const { errors } = await side.graphql(query, {}, token);
    expect(errors).toBeUndefined();
  });
  const ofTable = sent.filter(({ text }) => new RegExp(`from "${table}"\\s`).test(text));
  expect(ofTable).toHaveLength(1);
  expect(ofTable[0]!.byReadPool).toBe(side === product);
  const plan = await explain(side.database, ofTable[0]!);
  // A planned statement is prepared for any values; the resolvers' own is made for those that it has.
  expect(/\$\d/.test(plan)).toBe(side === product);
  return plan;
}

const calls = (filter: string) => `{ calls(first: 10${filter && `, filter: { ${filter} }`}) { nodes { id } } }`;
const indexesIn = (plan: string) => [...new Set(plan.match(/\bcall_\w+_index\b/g))].sort();
const indexOf = (column: string) => `call_${column}_started_at_id_index`;

const PARTIES = {
  number: ['called_number', 'caller_number'],
  customer: ['called_customer_id', 'caller_customer_id'],
  operator: ['called_operator_id', 'caller_operator_id', 'redirected_to_operator_id'],
} as const;

/** Whose list it is, what it asks for, and by which columns its rows are found. */
const MERGED: readonly [
  string,
  keyof Pick<Actors, 'admin' | 'operator' | 'customer'>,
  () => string,
  keyof typeof PARTIES,
][] = [
  ['a number', 'admin', () => 'number: "+79000000042"', 'number'],
  ['a customer', 'admin', () => `customerId: "${encodeId('Customer', actors.customer.actor.customerId)}"`, 'customer'],
  [
    'an operator',
    'admin',
    () => `operatorId: "${encodeId('Operator', actors.operator.actor.operatorId!)}"`,
    'operator',
  ],
  ['the operator who asks', 'operator', () => '', 'operator'],
  ['the customer who asks', 'customer', () => '', 'customer'],
];

describe.each([
  ['a planned query', () => product],
  ['the resolvers', () => resolving],
] satisfies [string, () => Side][])('on filled tables, to %s', (_who, side) => {
  it.each(MERGED)('calls of %s are the first of each index, merged', async (_whose, who, filter, party) => {
    const plan = await planOf(side(), calls(filter()), 'call', actors[who]);
    expect(indexesIn(plan)).toEqual(PARTIES[party].map(indexOf));
    expect(plan).toContain('Merge Append');
    expect(plan).not.toMatch(/Seq Scan|Bitmap/);
    expect(plan).not.toMatch(/^[\s>-]*(Incremental )?Sort$/m);
  });

  it('a customer is found by the e-mail, whatever its case', async () => {
    const query = '{ customers(filter: { email: "mail42@TEST.example" }) { nodes { id } } }';
    const plan = await planOf(side(), query, 'customer', actors.admin);
    expect(plan).toContain('customer_email_index');
  });
});

describe.each([
  ['a planned query', () => product],
  ['the resolvers', () => resolving],
] satisfies [string, () => Side][])('on many leads, to %s', (_who, side) => {
  it.each([
    ['externalId: "a42"', ['lead_external_id_unique', 'lead_source_id_external_id_index']],
    ['phone: "+79030000042"', ['lead_phone_unique']],
    ['email: "LEAD42@test.example"', ['lead_email_unique']],
  ])('one is found by %s, as its own or beside', async (filter, indexes) => {
    const plan = await planOf(
      side(),
      `{ leads(first: 10, filter: { ${filter} }) { nodes { id } } }`,
      'lead',
      actors.admin,
    );
    for (const index of [...indexes, 'lead_alias_identifier_value_unique']) expect(plan).toContain(index);
    expect(plan).not.toMatch(/Seq Scan on lead/);
  });
});

describe('on many leads, to a planned query of an operator', () => {
  it.each(['first: 3', 'first: 3, filter: { name: "zzz" }'])(
    'those whose inquiries they see are looked at alone: %s',
    async (asked) => {
      const plan = await planOf(product, `{ leads(${asked}) { nodes { id } } }`, 'lead', actors.operator);
      expect(plan).toMatch(/Index (Only )?Scan.* on lead t\n\s+Index Cond: \(id = ANY/);
    },
  );
});

describe('on filled tables', () => {
  it.each(['sim_id', 'contract_id'])('the bindings of a %s are found by it', async (column) => {
    const rows = await product.database.rows(sql<{ name: string }>`
      select i.indexrelid::regclass::text as name from pg_index i
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where i.indrelid = 'sim_binding'::regclass and a.attname = ${column}`);
    expect(rows).toHaveLength(1);
  });
});
