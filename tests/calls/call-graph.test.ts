import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { statementsOf } from '../support/count-statements.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors } from '../support/sign-ins.js';
import { STRANGER, type TestSubscriber, World } from './world.js';

const RECORD = `mutation ($input: RecordCallsInput!) { recordCalls(input: $input) {
  recorded duplicates bad errors { code path }
  calls { index outcome errors { code path } call { id status direction durationSeconds
    caller { number formatted customer { id } contract { id } operator { alias } }
    called { number formatted customer { id } operator { alias } } redirectedTo { number operator { alias } }
    charge { leg freeReason billedSeconds includedSeconds pricePerMinute { amount } amount { amount currency } }
    onwardCharge { leg customer { id } amount { amount } } } } } }`;
const OPERATOR = '+79990000011';

let product: Product;
let actors: Actors;
let world: World;
let anna: TestSubscriber;
let boris: TestSubscriber;
let key = 0;

beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
  world = new World(product.database);
  const tariff = await world.tariff('Minute', { pricePerMinute: '1.7' });
  anna = await world.subscriber(tariff);
  boris = await world.subscriber(tariff);
});

afterAll(() => product?.stop());

const ask = async (document: string, variables: object = {}, token = actors.admin.token) => {
  const { data, errors } = await product.graphql(document, variables, token);
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
};
const record = async (calls: object[], token = actors.admin.token, idempotencyKey = `key ${++key}`) =>
  (await ask(RECORD, { input: { calls, idempotencyKey } }, token)).recordCalls;

describe('recordCalls', () => {
  it('records a batch, shows each call with its charges, and lists the bad one by its path', async () => {
    const redirected = world.redirected(anna.number, boris.number, OPERATOR, { durationSeconds: 20 });
    const payload = await record([
      world.call('8(900) 000-00-01', OPERATOR),
      world.call('12345678', OPERATOR),
      redirected,
      redirected,
    ]);
    const bad = { code: 'BAD_USER_INPUT', path: ['input', 'calls', '1', 'caller'] };
    expect(payload).toMatchObject({ recorded: 2, duplicates: 1, bad: 1, errors: [bad] });
    expect(payload.calls.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'RECORDED',
      'BAD',
      'RECORDED',
      'DUPLICATE',
    ]);
    expect(payload.calls[1]).toEqual({ index: 1, outcome: 'BAD', errors: [bad], call: null });
    expect(payload.calls[3].call).toEqual(payload.calls[2].call);
    expect(payload.calls[0].call).toMatchObject({
      direction: 'INBOUND',
      caller: {
        number: '+79000000001',
        formatted: '8(900) 000-00-01',
        customer: { id: encodeId('Customer', anna.customerId) },
        contract: { id: encodeId('Contract', anna.contractId) },
        operator: null,
      },
      called: { customer: null, operator: { alias: 'Alisa' } },
      charge: { leg: 'CALLER', freeReason: 'TO_OPERATOR', pricePerMinute: null, amount: { amount: '0.00' } },
      onwardCharge: null,
    });
    expect(payload.calls[2].call).toMatchObject({
      status: 'REDIRECTED',
      direction: 'NETWORK',
      redirectedTo: { number: OPERATOR, operator: { alias: 'Alisa' } },
      charge: {
        billedSeconds: 20,
        pricePerMinute: { amount: '1.70' },
        amount: { amount: '0.566667', currency: 'RUB' },
      },
      onwardCharge: { leg: 'ONWARD', customer: { id: encodeId('Customer', boris.customerId) } },
    });
  });

  it('gives a repeat its first result, also when both run at once, and refuses the key with another input', async () => {
    const calls = [world.call(anna.number, STRANGER)];
    const before = await world.balance(anna);
    const answers = await Promise.all([1, 2, 3].map(() => record(calls, actors.admin.token, 'the same')));
    expect(answers.map(({ recorded }) => recorded)).toEqual([1, 1, 1]);
    expect(Number(before) - Number(await world.balance(anna))).toBeCloseTo(1.7, 6);
    const other = await record([world.call(boris.number, STRANGER)], actors.admin.token, 'the same');
    expect(other).toMatchObject({ calls: null, recorded: null, errors: [{ code: 'IDEMPOTENCY_MISMATCH' }] });
  });

  it('refuses text that no database keeps as it is: of a batch that call only, and a key', async () => {
    const call = () => world.call(anna.number, STRANGER);
    const payload = await record([call(), { ...call(), externalId: '\ud800' }, { ...call(), exchange: '\udc00' }]);
    expect(payload).toMatchObject({
      recorded: 1,
      bad: 2,
      errors: [
        { code: 'BAD_USER_INPUT', path: ['input', 'calls', '1', 'externalId'] },
        { code: 'BAD_USER_INPUT', path: ['input', 'calls', '2', 'exchange'] },
      ],
    });
    const keyed = await record([call()], actors.admin.token, '\ud800');
    expect(keyed.errors).toEqual([{ code: 'BAD_USER_INPUT', path: ['input', 'idempotencyKey'] }]);
  });

  it('takes instants as they are written, and of those that are none only their calls are bad', async () => {
    const call = (parts: object) => ({ ...world.call(anna.number, STRANGER), ...parts });
    const payload = await record([
      call({ startedAt: 'yesterday' }),
      call({ startedAt: '2026-09-01T15:00:00+03:00', answeredAt: '2026-09-01T12:00:05.5Z' }),
      call({ startedAt: '2026-02-30T12:00:00Z' }),
      call({ startedAt: '2026-09-01T12:00:00' }),
      call({ endedAt: '2026' }),
      call({ startedAt: '2199-09-01T12:00:00Z' }),
    ]);
    expect(payload.errors).toEqual(
      [
        ['0', 'startedAt'],
        ['2', 'startedAt'],
        ['3', 'startedAt'],
        ['4', 'endedAt'],
        ['5', 'startedAt'],
      ].map((path) => ({ code: 'BAD_USER_INPUT', path: ['input', 'calls', ...path] })),
    );
    const { call: recorded } = payload.calls[1];
    const { data } = await product.graphql(
      'query ($id: ID!) { call(id: $id) { startedAt answeredAt } }',
      { id: recorded.id },
      actors.admin.token,
    );
    expect([data.call.startedAt, data.call.answeredAt].map((at) => new Date(at).toISOString())).toEqual([
      '2026-09-01T12:00:00.000Z',
      '2026-09-01T12:00:05.500Z',
    ]);
  });

  it('refuses a batch of none', async () => {
    const { calls, errors } = await record([]);
    expect({ calls, errors }).toEqual({ calls: null, errors: [{ code: 'BAD_USER_INPUT', path: ['input', 'calls'] }] });
  });

  it('is for those who may record calls', async () => {
    const input = { calls: [world.call(anna.number, STRANGER)], idempotencyKey: 'rights' };
    for (const actor of [actors.supervisor, actors.partner]) {
      expect((await product.graphql(RECORD, { input }, actor.token)).errors).toBeUndefined();
    }
    for (const actor of [actors.operator, actors.customer]) {
      const { errors } = await product.graphql(RECORD, { input }, actor.token);
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
    const { errors } = await product.graphql(RECORD, { input });
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});

describe('calls and charges', () => {
  const CALLS = `query ($first: Int, $after: String, $filter: CallFilter, $orderBy: CallOrder) {
    calls(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      totalCount pageInfo { hasNextPage endCursor } nodes { id startedAt durationSeconds } } }`;
  let user: TestSubscriber;

  beforeAll(async () => {
    user = await world.subscriber(await world.tariff('Other'));
    const day = (n: number) => new Date(`2026-10-${String(n).padStart(2, '0')}T21:30:00Z`);
    await record(
      Array.from({ length: 12 }, (_, i) =>
        i % 4 === 3
          ? world.redirected(anna.number, user.number, STRANGER, { startedAt: day(i + 1), durationSeconds: i })
          : world.call(user.number, i % 2 ? boris.number : OPERATOR, { startedAt: day(i + 1), durationSeconds: i }),
      ),
    );
  });

  const durations = async (filter: object) =>
    (
      await ask(CALLS, { first: 100, filter: { customerId: encodeId('Customer', user.customerId), ...filter } })
    ).calls.nodes
      .map((node: { durationSeconds: number }) => node.durationSeconds)
      .reverse();

  it('are filtered', async () => {
    const operator = await ask('{ operators(filter: { alias: "alisa" }) { nodes { id } } }');
    expect(await durations({})).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(await durations({ status: 'REDIRECTED' })).toEqual([3, 7, 11]);
    expect(await durations({ direction: 'INBOUND' })).toEqual([0, 2, 4, 6, 8, 10]);
    expect(await durations({ operatorId: operator.operators.nodes[0].id })).toEqual([0, 2, 4, 6, 8, 10]);
    expect(await durations({ number: boris.number })).toEqual([1, 5, 9]);
    expect(await durations({ startedFrom: '2026-10-03T21:30:00Z', startedBefore: '2026-10-05T21:30:00Z' })).toEqual([
      2, 3,
    ]);
    // At half past nine in the evening it is the next day in Moscow.
    expect(await durations({ fromDay: '2026-10-04', toDay: '2026-10-05' })).toEqual([2, 3]);
    expect(
      await durations({ fromDay: '2026-10-04', toDay: '2026-10-05', startedFrom: '2026-10-04T00:00:00Z' }),
    ).toEqual([3]);
  });

  it('come in pages, the newest first', async () => {
    const filter = { customerId: encodeId('Customer', user.customerId) };
    const seen: number[] = [];
    let after: string | null = null;
    do {
      const { calls } = await ask(CALLS, { first: 5, after, filter });
      expect(calls.totalCount).toBe(12);
      seen.push(...calls.nodes.map((node: { durationSeconds: number }) => node.durationSeconds));
      after = calls.pageInfo.hasNextPage ? calls.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  });

  it.each([
    [{ filter: { customerId: encodeId('Contract', '1') } }, ['filter', 'customerId']],
    [{ filter: { fromDay: '1500-01-01' } }, ['filter', 'fromDay']],
    [{ first: 101 }, ['first']],
    [{ after: 'nonsense' }, ['after']],
  ])('refuse %j', async (variables, path) => {
    const { errors } = await product.graphql(CALLS, variables, actors.admin.token);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', path } }]);
  });

  it('belong to customers, contracts and operators, and are nodes', async () => {
    const data = await ask(
      `query ($customer: ID!, $contract: ID!) {
        customer(id: $customer) { calls(first: 3) { totalCount nodes { id } } charges { totalCount nodes { id leg call { id } } } }
        contract(id: $contract) { calls { totalCount } charges(filter: { leg: ONWARD }) { totalCount } }
        operators(filter: { alias: "alisa" }) { nodes { calls(filter: { direction: INBOUND }) { totalCount } } } }`,
      { customer: encodeId('Customer', user.customerId), contract: encodeId('Contract', user.contractId) },
    );
    expect(data).toMatchObject({
      customer: { calls: { totalCount: 12 }, charges: { totalCount: 12 } },
      contract: { calls: { totalCount: 12 }, charges: { totalCount: 3 } },
    });
    expect(data.operators.nodes[0].calls.totalCount).toBeGreaterThanOrEqual(6);
    const [{ id }] = data.customer.calls.nodes;
    const charge = data.customer.charges.nodes[0];
    const nodes = await ask('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', { ids: [id, charge.id] });
    expect(nodes.nodes).toEqual([
      { __typename: 'Call', id },
      { __typename: 'Charge', id: charge.id },
    ]);
  });

  it('take the same number of statements whatever the size of the page', async () => {
    const document = `query ($first: Int!) { calls(first: $first) { totalCount nodes {
      caller { customer { name calls(first: 2) { nodes { id } } } contract { number } operator { alias } }
      called { customer { name } contract { number } operator { alias } } redirectedTo { customer { name } operator { alias } }
      charge { amount { amount } contract { number } customer { name } } onwardCharge { amount { amount } call { id } } } } }`;
    const small = await statementsOf(product, () => ask(document, { first: 4 }));
    const large = await statementsOf(product, () => ask(document, { first: 100 }));
    expect(large.length).toBe(small.length);
    expect(large.length).toBeLessThan(20);
  });
});
