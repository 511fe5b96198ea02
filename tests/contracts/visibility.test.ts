import { sql } from 'kysely';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { encodeCursor } from '../../src/services/shared/read/cursor.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors, signInPartner } from '../support/sign-ins.js';
import { publishTestTariff, registerTestSubscriber } from '../support/subscribers.js';

let product: Product;
let actors: Actors;
/** Ids of what belongs to the customer who is signed in, and of what belongs to the other. */
let own: Record<string, string>;
let others: Record<string, string>;

async function subscriber(n: number, customerId: string, tariffId: string): Promise<Record<string, string>> {
  const { contractId } = await registerTestSubscriber(product.database, n, tariffId, {
    customer: null,
    customerId: encodeId('Customer', customerId),
    deposit: '100',
    imsi: `25001000000000${n}`,
  });
  const [keys] = await product.database.rows<{ sim: string; payment: string }>(sql`
    select c.sim_id as sim, p.id as payment from contract c join payment p on p.contract_id = c.id where c.id = ${contractId}`);
  return {
    customer: encodeId('Customer', customerId),
    contract: encodeId('Contract', contractId),
    sim: encodeId('Sim', keys!.sim),
    payment: encodeId('Payment', keys!.payment),
  };
}

beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
  await publishTestTariff(product.database, 'On sale');
  const mine = await publishTestTariff(product.database, 'Mine, no longer sold');
  const theirs = await publishTestTariff(product.database, 'Theirs, no longer sold');
  own = await subscriber(1, actors.customer.actor.customerId, mine);
  others = await subscriber(2, actors.otherCustomer.actor.customerId, theirs);
  await product.database.rows(sql`update tariff set active = false where name like '%no longer sold'`);
});

afterAll(() => product?.stop());

const LISTS = `{
  customers { totalCount nodes { id contracts { totalCount } payments { totalCount } } }
  contracts { totalCount nodes { id customer { id } balance { amount } } }
  sims { totalCount nodes { id iccid imsi contract { id } } }
  payments { totalCount nodes { id contract { id } takenBy { id } } }
  tariffs { totalCount nodes { name pricePerMinute { amount } versions { totalCount } } }
}`;
const BY_ID = `query ($contract: ID!, $sim: ID!, $payment: ID!, $customer: ID!) {
  customer(id: $customer) { id contracts { nodes { id } } }
  contract(id: $contract) { id sim { id imsi } payments { nodes { id } } }
  sim(id: $sim) { id imsi }
  payment(id: $payment) { id }
  nodes(ids: [$contract, $sim, $payment, $customer]) { id __typename }
}`;

describe.each([
  ['admin', () => actors.admin.token],
  ['supervisor', () => actors.supervisor.token],
  ['operator', () => actors.operator.token],
  ['partner with every scope', () => actors.partner.token],
])('%s', (_who, token) => {
  it('sees every customer, contract, SIM with its IMSI, payment and tariff', async () => {
    const { data, errors } = await product.graphql(LISTS, {}, token());
    expect(errors).toBeUndefined();
    expect(data.customers.nodes.map(({ id }: { id: string }) => id)).toEqual(
      expect.arrayContaining([own.customer, others.customer]),
    );
    expect(data.contracts.totalCount).toBe(2);
    expect(data.contracts.nodes.map(({ balance }: { balance: object }) => balance)).toEqual([
      { amount: '100.00' },
      { amount: '100.00' },
    ]);
    expect(data.sims.nodes.map(({ imsi }: { imsi: string }) => imsi)).toEqual(['250010000000001', '250010000000002']);
    expect(data.payments.totalCount).toBe(2);
    expect(data.tariffs.totalCount).toBe(3);
  });
});

describe('a customer', () => {
  it('sees what is theirs in every list, the tariffs on sale and their own, and no IMSI', async () => {
    const { data, errors } = await product.graphql(LISTS, {}, actors.customer.token);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      customers: {
        totalCount: 1,
        nodes: [{ id: own.customer, contracts: { totalCount: 1 }, payments: { totalCount: 1 } }],
      },
      contracts: {
        totalCount: 1,
        nodes: [{ id: own.contract, customer: { id: own.customer }, balance: { amount: '100.00' } }],
      },
      sims: {
        totalCount: 1,
        nodes: [{ id: own.sim, iccid: expect.any(String), imsi: null, contract: { id: own.contract } }],
      },
      payments: { totalCount: 1, nodes: [{ id: own.payment, contract: { id: own.contract }, takenBy: null }] },
      tariffs: {
        totalCount: 2,
        nodes: ['Mine, no longer sold', 'On sale'].map((name) => ({
          name,
          pricePerMinute: { amount: '1.50' },
          versions: { totalCount: 1 },
        })),
      },
    });
  });

  it('sees nothing of another by id', async () => {
    const mine = await product.graphql(BY_ID, own, actors.customer.token);
    expect(mine.data).toMatchObject({ contract: { sim: { imsi: null } }, sim: { imsi: null } });
    expect(mine.data.nodes.map((node: object | null) => node !== null)).toEqual([true, true, true, true]);
    const theirs = await product.graphql(BY_ID, others, actors.customer.token);
    expect(theirs.errors).toBeUndefined();
    expect(theirs.data).toEqual({
      customer: null,
      contract: null,
      sim: null,
      payment: null,
      nodes: [null, null, null, null],
    });
  });

  it('no longer sees the SIM of a contract that has ended', async () => {
    await product.database.rows(sql`update contract set status = 'CLOSED' where msisdn = '+79000000001'`);
    const { data } = await product.graphql(BY_ID, own, actors.customer.token);
    expect(data).toMatchObject({ contract: { id: own.contract, sim: null }, sim: null });
    await product.database.rows(sql`update contract set status = 'ACTIVE' where msisdn = '+79000000001'`);
  });
});

describe('a partner', () => {
  it('sees what its scopes name and nothing beside', async () => {
    const { token } = await signInPartner(product.database, ['contracts:read']);
    const { data } = await product.graphql(
      '{ contracts { nodes { id customer { id } balance { amount } payments { totalCount } tariff { name } sim { imsi } } } }',
      {},
      token,
    );
    expect(data.contracts.nodes[0]).toEqual({
      id: own.contract,
      customer: null,
      balance: null,
      payments: { totalCount: 0 },
      tariff: { name: 'Mine, no longer sold' },
      sim: { imsi: '250010000000001' },
    });
    for (const list of ['customers', 'payments']) {
      const refused = await product.graphql(`{ ${list} { totalCount } }`, {}, token);
      expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
  });
});

/** Names the order of the list, and a place in it that is none. */
const forged = encodeCursor('Contract.CREATED_AT.ASC', ['no instant', '1']);

describe('bad arguments', () => {
  it.each([
    ['an id of another kind', () => `{ contract(id: "${own.sim}") { id } }`, 'id'],
    ['no id', () => `{ sim(id: "nonsense") { id } }`, 'id'],
    ['a page over the limit', () => '{ payments(first: 101) { totalCount } }', 'first'],
    [
      'a filter by an id of another kind',
      () => `{ payments(filter: { contractId: "${own.sim}" }) { nodes { id } } }`,
      'filter.contractId',
    ],
    ['no cursor', () => '{ contracts(after: "abc") { nodes { id } } }', 'after'],
    ['a forged cursor', () => `{ contracts(after: "${forged}") { nodes { id } } }`, ''],
    ['a null character in a filter', () => '{ contracts(filter: { number: "\\u0000" }) { totalCount } }', ''],
  ])('are refused: %s', async (_what, document, path) => {
    const { errors } = await product.graphql(document(), {}, actors.admin.token);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', path: path === '' ? [] : path.split('.') });
  });
});
