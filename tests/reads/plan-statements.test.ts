import { statementsOf } from '../support/count-statements.js';
import { type Product, startProduct } from '../support/product.js';
import { fillRichly } from '../support/rich-data.js';
import { type Actors, createActors } from '../support/sign-ins.js';

let product: Product;
let actors: Actors;

beforeAll(async () => {
  // As in production: a plan alone answers. What is asked one after the other goes over one connection.
  product = await startProduct({ env: { READ_PLANS: 'on', DATABASE_POOL_SIZE: '2', MAX_COST: '1000000' } });
  actors = await createActors(product.database);
  await fillRichly(product.database, actors);
});
afterAll(() => product?.stop());

const DOCUMENT = `query ($first: Int, $name: String) {
  customers(first: $first, filter: { name: $name }) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes { name contracts { totalCount nodes { number sim { iccid } tariff { name pricePerMinute { amount } } balance { amount }
      calls(first: 3) { totalCount nodes { charge { amount { amount } } caller { customer { name } operator { alias user { name } } } } } } } }
  }
  calls(first: $first) { edges { cursor node { status redirectedTo { number } } } }
  users { nodes { name email role { name } group { users { nodes { name } } } } }
}`;

async function ask(variables: object, token: string) {
  const { data, errors } = await product.graphql(DOCUMENT, variables, token);
  expect(errors).toBeUndefined();
  return data;
}

describe('a planned query', () => {
  it.each(['admin', 'operator'] as const)('takes one statement, whatever its size, for an %s', async (who) => {
    const { token } = actors[who];
    await product.graphql('{ viewer { kind } }', {}, token);
    for (const first of [0, 1, 100]) {
      const sizes: number[] = [];
      const statements = await statementsOf(product, async () => {
        const { customers, calls } = await ask({ first }, token);
        sizes.push(customers.nodes.length, calls.edges.length);
      });
      expect(statements).toHaveLength(1);
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(Math.min(first, 8));
    }
  });

  it('takes no statement at all for its rights, its document, and a filter that it does not have', async () => {
    const { token } = actors.admin;
    const [first] = await statementsOf(product, () => ask({ first: 3 }, token));
    const [again] = await statementsOf(product, () => ask({ first: 3, name: null }, token));
    expect(first).not.toContain('strpos');
    expect(again).toBe(first);
    const [filtered] = await statementsOf(product, () => ask({ first: 3, name: 'Петров' }, token));
    expect(filtered).toContain('strpos');
  });

  it('is prepared when it comes again, whoever asks and whatever for', async () => {
    const prepared = async () => {
      const { rows } = await product.database.readPool.query<{ count: string }>(
        `select count(*) from pg_prepared_statements
        where statement like '%"balance"%strpos%' or statement like '%strpos%"balance"%'`,
      );
      return Number(rows[0]!.count);
    };
    const asked = (name: string, who: 'supervisor' | 'admin') => ask({ first: 7, name }, actors[who].token);
    await asked('a', 'admin');
    const before = await prepared();
    await asked('Петров', 'admin');
    expect(await prepared()).toBe(before + 1);
    await asked("O'", 'admin');
    expect(await prepared()).toBe(before + 1);
    // Other rights have a plan of their own.
    await asked('a', 'supervisor');
    await asked('b', 'supervisor');
    expect(await prepared()).toBe(before + 2);
  });

  it('that nobody may ask takes none', async () => {
    const { token } = actors.customer;
    await product.graphql('{ viewer { kind } }', {}, token);
    const statements = await statementsOf(product, async () => {
      const { errors } = await product.graphql('{ roles { totalCount } }', {}, token);
      expect(errors![0]!.extensions.code).toBe('FORBIDDEN');
    });
    expect(statements).toEqual([]);
  });

  it('that the database ends for its time is told as failed, and not tried in another way', async () => {
    const { pool } = product.database;
    const holder = await pool.connect();
    try {
      await holder.query('begin');
      await holder.query('lock table sim in access exclusive mode');
      const before = product.server.plans!.counts;
      const asked = product.graphql('{ sims { nodes { iccid } } }', {}, actors.admin.token);
      await until(async () => {
        const { rows } = await holder.query(
          `select pg_cancel_backend(pid) from pg_stat_activity
          where application_name = 'switchboard reads' and wait_event_type = 'Lock' and datname = current_database()`,
        );
        return rows.length > 0;
      });
      expect(await asked).toMatchObject({ status: 200, data: null, errors: [{ extensions: { code: 'INTERNAL' } }] });
      expect(product.server.plans!.counts).toEqual(before);
    } finally {
      await holder.query('rollback');
      holder.release();
    }
  });
});

/** Asks again and again, for ten seconds, until it is so. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await isSo()) return;
    await new Promise((resume) => setTimeout(resume, 20));
  }
  throw new Error('It did not come to be so.');
}
