import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors, signInCustomer, signInPartner, signInUser } from '../support/sign-ins.js';
import { STRANGER, type TestSubscriber, World } from './world.js';

const OPERATOR = '+79990000011';
const OTHER_OPERATOR = '+79990000012';
const ALL = `{ calls(first: 100) { totalCount nodes { durationSeconds } } charges(first: 100) { totalCount nodes { durationSeconds leg } } }`;

let product: Product;
let actors: Actors;
let anna: TestSubscriber & { token: string };
let boris: TestSubscriber & { token: string };
let ids: string[];

beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
  const world = new World(product.database);
  const tariff = await world.tariff('Minute');
  const customer = async () => {
    const subscriber = await world.subscriber(tariff);
    return { ...subscriber, token: (await signInCustomer(product.database, subscriber.customerId)).token };
  };
  anna = await customer();
  boris = await customer();
  const seconds = (durationSeconds: number) => ({ durationSeconds });
  const outcomes = await world.record(
    world.call(anna.number, OPERATOR, seconds(1)),
    world.call(OTHER_OPERATOR, boris.number, seconds(2)),
    world.redirected(anna.number, OTHER_OPERATOR, OPERATOR, seconds(3)),
    world.call(anna.number, boris.number, seconds(4)),
    world.redirected(anna.number, boris.number, STRANGER, seconds(5)),
    world.call(STRANGER, '101', seconds(6)),
    world.redirected(boris.number, anna.number, OPERATOR, seconds(7)),
  );
  ids = outcomes.map((one) => encodeId('Call', one.outcome === 'BAD' ? '' : one.callId));
});

afterAll(() => product?.stop());

interface Seen {
  readonly durationSeconds: number;
  readonly leg?: string;
}

async function seenBy(token: string) {
  const { data, errors } = await product.graphql(ALL, {}, token);
  if (errors) throw new Error(JSON.stringify(errors));
  const told = ({ durationSeconds, leg }: Seen) => (leg === 'ONWARD' ? `${durationSeconds} onward` : durationSeconds);
  expect(data.calls.totalCount).toBe(data.calls.nodes.length);
  expect(data.charges.totalCount).toBe(data.charges.nodes.length);
  return { calls: data.calls.nodes.map(told).sort(), charges: data.charges.nodes.map(told).sort() };
}

const EVERYTHING = { calls: [1, 2, 3, 4, 5, 6, 7], charges: [1, 2, 3, 4, 5, '5 onward', 6, 7, '7 onward'] };

describe('calls and charges are seen by', () => {
  it('an admin, a supervisor and a partner with the scope: all', async () => {
    const partner = await signInPartner(product.database, ['calls:read']);
    for (const { token } of [actors.admin, actors.supervisor, partner]) expect(await seenBy(token)).toEqual(EVERYTHING);
  });

  it('an operator: those they took part in, also where it was redirected to them', async () => {
    const own = [1, 3, 7];
    expect(await seenBy(actors.operator.token)).toEqual({ calls: own, charges: [1, 3, 7, '7 onward'] });
    expect(await seenBy(actors.otherOperator.token)).toEqual({ calls: [2, 3], charges: [2, 3] });
  });

  it('a customer: those where they are caller or called, and of charges only their own', async () => {
    expect(await seenBy(anna.token)).toEqual({ calls: [1, 3, 4, 5, 7], charges: [1, 3, 4, 5, '7 onward'] });
    expect(await seenBy(boris.token)).toEqual({ calls: [2, 4, 5, 7], charges: ['5 onward', 7] });
    expect(await seenBy(actors.customer.token)).toEqual({ calls: [], charges: [] });
  });

  it('an operator’s role without an operator’s profile: none', async () => {
    const user = await signInUser(product.database, { role: 'operator' });
    expect(await seenBy(user.token)).toEqual({ calls: [], charges: [] });
  });

  it('nobody without the right', async () => {
    const partner = await signInPartner(product.database, ['customers:read', 'calls:write']);
    const { errors } = await product.graphql('{ calls { nodes { id } } }', {}, partner.token);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const nested = await product.graphql(
      '{ customers(first: 100) { nodes { calls { totalCount nodes { id } } charges { totalCount } } } }',
      {},
      partner.token,
    );
    const none = { calls: { totalCount: 0, nodes: [] }, charges: { totalCount: 0 } };
    expect(new Set(nested.data.customers.nodes.map((node: object) => JSON.stringify(node)))).toEqual(
      new Set([JSON.stringify(none)]),
    );
  });

  it.each(['call(id: $id)', 'node(id: $id)'])('nobody else by %s', async (field) => {
    const query = `query ($id: ID!) { ${field} { id } }`;
    const name = field.slice(0, 4);
    const get = async (token: string, i: number) => (await product.graphql(query, { id: ids[i] }, token)).data[name];
    expect(await get(anna.token, 0)).toEqual({ id: ids[0] });
    expect(await get(boris.token, 0)).toBeNull();
    expect(await get(actors.otherOperator.token, 0)).toBeNull();
    expect(await get(actors.operator.token, 5)).toBeNull();
  });
});

describe('of the other a customer sees', () => {
  const PARTIES = `query ($id: ID!) { call(id: $id) {
    caller { number customer { id } contract { id } operator { alias } }
    called { number customer { id } contract { id } operator { alias } }
    redirectedTo { number customer { id } operator { alias } }
    charge { id } onwardCharge { id } } }`;
  const see = async (token: string, i: number) => (await product.graphql(PARTIES, { id: ids[i] }, token)).data.call;
  const self = ({ number, customerId, contractId }: TestSubscriber) => ({
    number,
    customer: { id: encodeId('Customer', customerId) },
    contract: { id: encodeId('Contract', contractId) },
    operator: null,
  });
  const onlyNumber = (number: string) => ({ number, customer: null, contract: null, operator: null });

  it('the number, not who it is', async () => {
    expect(await see(anna.token, 3)).toMatchObject({ caller: self(anna), called: onlyNumber(boris.number) });
    expect(await see(boris.token, 3)).toMatchObject({
      caller: onlyNumber(anna.number),
      called: self(boris),
      charge: null,
    });
  });

  it('the alias of the operator who served them', async () => {
    expect(await see(anna.token, 0)).toMatchObject({ called: { operator: { alias: 'Alisa' } } });
    expect(await see(anna.token, 2)).toMatchObject({ redirectedTo: { operator: { alias: 'Alisa' } } });
  });

  it('where a call went on to only if they redirected it themselves', async () => {
    const asCaller = await see(anna.token, 4);
    expect(asCaller).toMatchObject({ redirectedTo: null, charge: { id: expect.any(String) }, onwardCharge: null });
    const asCalled = await see(boris.token, 4);
    expect(asCalled).toMatchObject({
      redirectedTo: { number: STRANGER },
      charge: null,
      onwardCharge: { id: expect.any(String) },
    });
  });

  it('nothing by asking whether it is a certain customer', async () => {
    const count = async (customerId: string) =>
      (
        await product.graphql(
          'query ($id: ID) { calls(filter: { customerId: $id }) { totalCount } }',
          { id: encodeId('Customer', customerId) },
          anna.token,
        )
      ).data.calls.totalCount;
    expect([await count(anna.customerId), await count(boris.customerId)]).toEqual([5, 0]);
  });
});
