import { sql } from 'kysely';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors } from '../support/sign-ins.js';

let product: Product;
let actors: Actors;
beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
  await product.database.rows(sql`
    insert into customer (name, email) select 'Customer ' || n, 'Mail' || n || '@test.example' from generate_series(1, 20000) n`);
  await product.database.rows(sql`
    insert into call (exchange, external_id, direction, status, caller_number, called_number, started_at, duration_seconds)
    select 'test', n, 'NETWORK', 'MISSED', '+7900' || lpad((n % 5000)::text, 7, '0'),
      '+7901' || lpad((n % 5000)::text, 7, '0'), '2026-09-01T00:00:00Z'::timestamptz + n * interval '1 second', 0
    from generate_series(1, 50000) n`);
  await product.database.rows(sql`analyze`);
});
afterAll(() => product?.stop());

/** How PostgreSQL goes about the statements that a query sends, those of a table only. */
async function plansOf(query: string, table: string): Promise<string[]> {
  const { pool } = product.database;
  const send = pool.query.bind(pool);
  const sent: [string, unknown[]][] = [];
  pool.query = ((text: string, values: unknown[]) => {
    sent.push([text, values]);
    return send(text, values);
  }) as typeof pool.query;
  try {
    const { errors } = await product.graphql(query, {}, actors.admin.token);
    expect(errors).toBeUndefined();
  } finally {
    pool.query = send as typeof pool.query;
  }
  const plans: string[] = [];
  for (const [text, values] of sent.filter(([text]) => new RegExp(`from "?${table}"?\\s`).test(text))) {
    const { rows } = await send(`explain ${text}`, values);
    plans.push(rows.map((row: { 'QUERY PLAN': string }) => row['QUERY PLAN']).join('\n'));
  }
  return plans;
}

describe('on filled tables', () => {
  it('calls of a number are found by it', async () => {
    const [plan, ...more] = await plansOf(
      '{ calls(first: 10, filter: { number: "+79000000042" }) { nodes { id } } }',
      'call',
    );
    expect(more).toEqual([]);
    expect(plan).toContain('call_caller_number_started_at_id_index');
    expect(plan).toContain('call_called_number_started_at_id_index');
  });

  it('a customer is found by the e-mail, whatever its case', async () => {
    const [plan] = await plansOf(
      '{ customers(filter: { email: "mail42@TEST.example" }) { nodes { id } } }',
      'customer',
    );
    expect(plan).toContain('customer_email_index');
  });

  it.each(['sim_id', 'contract_id'])('the bindings of a %s are found by it', async (column) => {
    const rows = await product.database.rows(sql<{ name: string }>`
      select i.indexrelid::regclass::text as name from pg_index i
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where i.indrelid = 'sim_binding'::regclass and a.attname = ${column}`);
    expect(rows).toHaveLength(1);
  });
});
