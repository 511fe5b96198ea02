import { sql } from 'kysely';
import { OWN as OWN_PARAMETERS } from '../../src/services/shared/access/own.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { MovableClock } from '../support/movable-clock.js';
import { type Product, startProduct } from '../support/product.js';
import { fillRichly } from '../support/rich-data.js';
import { type Actors, createActors, signInUser } from '../support/sign-ins.js';

const clock = new MovableClock();
let product: Product;
let actors: Actors;

beforeAll(async () => {
  // Plans alone: to compare them, each is made anew for each request.
  product = await startProduct({ clock, env: { READ_PLANS: 'on' } });
  actors = await createActors(product.database);
  await fillRichly(product.database, actors);
});
afterAll(() => product?.stop());

/** Asks, and tells whether a plan answered. */
async function ask(document: string, token: string, variables: object = {}) {
  const before = product.server.plans!.counts.planned;
  const { data, errors } = await product.graphql(document, variables, token);
  return { data, errors, planned: product.server.plans!.counts.planned > before };
}

/** Counts the plans that are made: one that is there already compiles no statement. */
async function compiled(run: () => Promise<unknown>): Promise<number> {
  const { database } = product;
  const compile = database.compile.bind(database);
  let count = 0;
  database.compile = (statement) => {
    const made = compile(statement);
    // What is read beside, of who asks, answers rows.
    if (made.sql.includes('string_agg')) count += 1;
    return made;
  };
  try {
    await run();
  } finally {
    database.compile = compile;
  }
  return count;
}

const OWN = `{
  customers { totalCount nodes { id contracts(first: 100) { totalCount nodes { id customer { id } } } } }
  payments(first: 100) { totalCount nodes { id customer { id } } }
  calls(first: 100) { totalCount nodes { id caller { customer { id } operator { id } } called { customer { id } } } }
  charges(first: 100) { nodes { customer { id } } }
}`;

interface Parties {
  readonly caller: { readonly customer: { readonly id: string } | null };
  readonly called: { readonly customer: { readonly id: string } | null };
}

describe('a plan', () => {
  it('is shared by customers, and shows each their own', async () => {
    const { customer, otherCustomer } = actors;
    const seen: string[][] = [];
    const plans = await compiled(async () => {
      for (const { actor, token } of [customer, otherCustomer, customer]) {
        const { data, planned } = await ask(OWN, token);
        expect(planned).toBe(true);
        const self = encodeId('Customer', actor.customerId);
        expect(data.customers.nodes.map(({ id }: { id: string }) => id)).toEqual([self]);
        const owners = [...data.customers.nodes[0].contracts.nodes, ...data.payments.nodes, ...data.charges.nodes].map(
          (one: { customer: { id: string } }) => one.customer.id,
        );
        expect(owners.length).toBeGreaterThan(3);
        expect(new Set(owners)).toEqual(new Set([self]));
        expect(data.calls.totalCount).toBeGreaterThan(3);
        for (const { caller, called } of data.calls.nodes) {
          expect([caller.customer?.id, called.customer?.id]).toContain(self);
        }
        const ids = data.calls.nodes.map(({ id }: { id: string }) => id);
        expect(ids).toHaveLength(data.calls.totalCount);
        expect(new Set(ids).size).toBe(ids.length);
        const own = data.calls.nodes.filter(
          ({ caller, called }: Parties) => caller.customer?.id === self && called.customer?.id === self,
        );
        expect(own).toHaveLength(1);
        seen.push(data.calls.nodes.map(({ id }: { id: string }) => id));
      }
    });
    expect(plans).toBe(1);
    expect(seen[0]).not.toEqual(seen[1]);
    expect(seen[2]).toEqual(seen[0]);
  });

  it('is shared by operators, and shows each the calls and the profile that are theirs', async () => {
    const document = `query ($first: Int) {
      calls(first: $first) { totalCount nodes { id } }
      operators { nodes { alias phone } }
      users(filter: { active: true }) { totalCount nodes { id email } }
    }`;
    const answers: { calls: { totalCount: number; nodes: object[] } }[] = [];
    const plans = await compiled(async () => {
      for (const [who, alias] of [
        ['operator', 'Alisa'],
        ['otherOperator', 'Boris'],
      ] as const) {
        const { actor, token } = actors[who];
        const { data, planned } = await ask(document, token, { first: 100 });
        expect(planned).toBe(true);
        const shown = data.operators.nodes.filter(({ phone }: { phone: string | null }) => phone !== null);
        expect(shown).toMatchObject([{ alias }]);
        expect(data.users.nodes).toMatchObject([{ id: encodeId('User', actor.userId) }]);
        answers.push(data);
      }
    });
    expect(plans).toBe(1);
    const [first, second] = answers as [(typeof answers)[0], (typeof answers)[0]];
    for (const { calls } of answers) expect(calls.totalCount).toBeGreaterThan(3);
    expect(first.calls.nodes).not.toEqual(second.calls.nodes);
  });

  it('is not shared by an operator without a profile', async () => {
    const document = '{ node(id: "none") @skip(if: true) { id } operators(first: 2) { nodes { id } } __typename }';
    const bare = await signInUser(product.database, { role: 'operator' });
    const plans = await compiled(async () => {
      await ask(document, actors.operator.token);
      await ask(document, bare.token);
      await ask(document, actors.otherOperator.token);
    });
    expect(plans).toBe(2);
  });
});

describe('a change of rights', () => {
  const document = '{ payments(first: 3) { totalCount } customers(first: 3) { nodes { id payments { totalCount } } } }';

  it('of a role holds for an operation that was planned before, and back', async () => {
    const { authenticator } = product.server.house;
    const { token } = await signInUser(product.database, { role: 'supervisor' });
    const before = await ask(document, token);
    expect(before).toMatchObject({ planned: true, errors: undefined });
    await product.database.rows(
      sql`update role set permissions = array_remove(permissions, 'payments.read') where name = 'supervisor'`,
    );
    clock.advance(2_001);
    const without = await ask(document, token);
    expect(without.errors).toMatchObject([{ path: ['payments'], extensions: { code: 'FORBIDDEN' } }]);
    expect(without).toMatchObject({ data: null, planned: false });
    await product.database.rows(
      sql`update role set permissions = permissions || '{payments.read}' where name = 'supervisor'`,
    );
    authenticator.forget();
    expect(await ask(document, token)).toEqual(before);
  });

  it('hides what stood deeper in a planned operation too', async () => {
    const deep = '{ customers(first: 5) { nodes { name contracts { nodes { number balance { amount } } } } } }';
    const { token } = await signInUser(product.database, { role: 'supervisor' });
    const balances = async () => {
      const { data, planned } = await ask(deep, token);
      expect(planned).toBe(true);
      return data.customers.nodes.flatMap(({ contracts }: { contracts: { nodes: { balance: object | null }[] } }) =>
        contracts.nodes.map(({ balance }) => balance),
      );
    };
    expect(await balances()).toContainEqual(expect.any(Object));
    await product.database.rows(
      sql`update role set permissions = array_remove(permissions, 'payments.read') where name = 'supervisor'`,
    );
    product.server.house.authenticator.forget();
    expect(new Set(await balances())).toEqual(new Set([null]));
    await product.database.rows(
      sql`update role set permissions = permissions || '{payments.read}' where name = 'supervisor'`,
    );
    product.server.house.authenticator.forget();
  });

  it('of groups that are answered for holds at once, in the same plan', async () => {
    const phones = '{ operators(filter: { active: true }) { nodes { alias phone } } }';
    const { token, actor } = await signInUser(product.database, { role: 'supervisor' });
    expect(await ask(phones, token)).toMatchObject({ data: { operators: { nodes: [] } }, planned: true });
    await product.database.rows(
      sql`insert into group_supervision (supervisor_id, group_id) values (${actor.userId}, ${actors.groupId})`,
    );
    product.server.house.authenticator.forget();
    const alisa = { alias: 'Alisa', phone: '+79990000011' };
    const plans = await compiled(async () =>
      expect(await ask(phones, token)).toMatchObject({ data: { operators: { nodes: [alisa] } }, planned: true }),
    );
    expect(plans).toBe(0);
  });

  it('that ends somebody’s work ends what they are answered', async () => {
    const { token, actor } = await signInUser(product.database, { role: 'operator', operator: {} });
    expect(await ask(document, token)).toMatchObject({ planned: true });
    await product.database.rows(sql`update app_user set active = false where id = ${actor.userId}`);
    clock.advance(2_001);
    const { data, errors, planned } = await ask(document, token);
    expect({ data, planned }).toEqual({ data: null, planned: false });
    expect(errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('that takes an operator’s profile away takes the calls with it', async () => {
    const own = '{ calls(first: 5) { totalCount nodes { id } } }';
    const { token } = actors.otherOperator;
    expect((await ask(own, token)).data.calls.totalCount).toBeGreaterThan(0);
    const other = await signInUser(product.database, { role: 'operator' });
    await product.database.rows(
      sql`update operator set user_id = ${other.actor.userId} where id = ${actors.otherOperator.actor.operatorId}`,
    );
    clock.advance(2_001);
    expect((await ask(own, token)).data).toEqual({ calls: { totalCount: 0, nodes: [] } });
    expect((await ask(own, other.token)).data.calls.totalCount).toBeGreaterThan(0);
  });
});

describe('a role of unusual permissions', () => {
  const document = `{
    operators { nodes { alias phone active user { name email } } }
    found: operators(filter: { active: true }) { totalCount }
  }`;
  const phones = async (permissions: readonly string[], parts: { supervises?: string[]; operator?: object }) => {
    const { database } = product;
    const { token, actor } = await signInUser(database, { role: 'operator', ...parts });
    const name = `role ${actor.userId}`;
    await database.rows(sql`insert into role (name, permissions) values (${name}, ${[...permissions]})`);
    await database.rows(
      sql`update app_user set role_id = (select id from role where name = ${name}) where id = ${actor.userId}`,
    );
    const { data, errors, planned } = await ask(document, token);
    expect({ errors, planned }).toEqual({ errors: undefined, planned: true });
    const shown = data.operators.nodes.filter(({ active }: { active: boolean | null }) => active !== null);
    return { shown: shown.map(({ alias }: { alias: string }) => alias), found: data.found.totalCount };
  };

  it('sees of operators no more than of their users', async () => {
    const supervises = [actors.groupId];
    expect(await phones(['operators.read', 'users.manage'], {})).toEqual({ shown: [], found: 0 });
    expect(await phones(['operators.read'], { supervises })).toEqual({ shown: [], found: 0 });
    expect(await phones(['operators.read'], { supervises, operator: { alias: 'Self' } })).toEqual({
      shown: ['Self'],
      found: 1,
    });
    expect(await phones(['operators.read', 'users.read'], { supervises })).toEqual({ shown: ['Alisa'], found: 1 });
    const { shown } = await phones(['operators.read', 'users.read', 'users.manage'], {});
    expect(shown).toEqual(expect.arrayContaining(['Alisa', 'Boris', 'Self']));
  });
});

describe('a statement in a transaction', () => {
  it('is run for whom its scope says', async () => {
    const { actor } = actors.customer;
    const whoAsks = sql<{ key: string }>`select ${OWN_PARAMETERS.customerId}::text as key`;
    const { database } = product;
    const rows = await database.transact(actor, (work) => work.rows(whoAsks, database.scopeOf(actor)));
    expect(rows).toEqual([{ key: actor.customerId }]);
    await expect(database.transact(actor, (work) => work.rows(whoAsks))).rejects.toThrow('needs a scope');
  });
});
