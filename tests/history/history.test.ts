import { sql } from 'kysely';
import { takeInSubscriber } from '../../src/services/contracts/take-in-subscriber.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors } from '../support/sign-ins.js';
import { iccidOf, msisdnOf, publishTestTariff, subscriberOf } from '../support/subscribers.js';
import { ask, CLIENT, change } from './ask.js';

const RECORD = `id kind subjectKind subjectId subjectVersion recordedAt erasedAt
  subject { __typename id }
  actor { kind name user { id } }
  client { address agent name version }
  changes { field before after }`;

let product: Product;
let actors: Actors;
let tariffId: string;
let otherTariffId: string;
let contractId: string;
let customerId: string;

beforeAll(async () => {
  product = await startProduct();
  const { database } = product;
  actors = await createActors(database);
  tariffId = await publishTestTariff(database);
  otherTariffId = await publishTestTariff(database, 'Other');
  const shown = 'contract { id customer { id } }';
  const input = subscriberOf(1, tariffId, { deposit: '100' });
  const { contract } = await change(product, 'registerSubscriber', input, shown, actors.operator.token);
  contractId = contract.id;
  customerId = contract.customer.id;
  // A list brings all of the subscriber up to date: name, SIM and tariff.
  await database.transact(systemActor('load'), (work) =>
    takeInSubscriber(work, {
      name: 'Петрова Анна',
      number: msisdnOf(1),
      email: '',
      iccid: iccidOf(2),
      tariff: 'Other',
      deposit: '',
    }),
  );
});
afterAll(() => product?.stop());

const asAdmin = (query: string, variables: object = {}) => ask(product, query, variables, actors.admin.token);

interface Shown {
  readonly kind: string;
  readonly changes: readonly { field: string; before: string | null; after: string | null }[];
}

const historyOf = async (type: string, id: string): Promise<Shown[]> => {
  const document = `query ($id: ID!) { node(id: $id) { ... on ${type} { history { nodes { ${RECORD} } } } } }`;
  return (await asAdmin(document, { id })).node.history.nodes;
};

describe('the history of an object', () => {
  it('tells who changed what, when and from which client', async () => {
    const [, registered] = await historyOf('Customer', customerId);
    expect(registered).toEqual({
      id: expect.any(String),
      kind: 'CUSTOMER_REGISTERED',
      subjectKind: 'Customer',
      subjectId: customerId,
      subjectVersion: 1,
      recordedAt: expect.stringMatching(/^20\d\d-.*Z$/),
      erasedAt: null,
      subject: { __typename: 'Customer', id: customerId },
      actor: { kind: 'USER', name: 'Petrova Anna', user: { id: encodeId('User', actors.operator.actor.userId) } },
      client: { address: expect.stringContaining('127.0.0.1'), ...CLIENT },
      changes: [
        { field: 'email', before: null, after: 'subscriber1@test.example' },
        { field: 'firstName', before: null, after: 'Пётр' },
        { field: 'lastName', before: null, after: 'Петров' },
        { field: 'name', before: null, after: 'Петров Пётр 1' },
        { field: 'patronymic', before: null, after: '1' },
      ],
    });
  });

  it('has of a change only what became different, before and after', async () => {
    const [changed] = await historyOf('Customer', customerId);
    expect(changed).toMatchObject({
      kind: 'CUSTOMER_CHANGED',
      subjectVersion: 2,
      actor: { kind: 'SYSTEM', name: 'load', user: null },
      client: null,
      changes: [
        { field: 'firstName', before: 'Пётр', after: 'Анна' },
        { field: 'lastName', before: 'Петров', after: 'Петрова' },
        { field: 'name', before: 'Петров Пётр 1', after: 'Петрова Анна' },
        { field: 'patronymic', before: '1', after: null },
      ],
    });
  });

  it('of a contract is its own, with the ids that lead on', async () => {
    const changes = await historyOf('Contract', contractId);
    expect(changes.map(({ kind }) => kind)).toEqual([
      'CONTRACT_TARIFF_CHANGED',
      'CONTRACT_SIM_SWAPPED',
      'CONTRACT_REGISTERED',
    ]);
    expect(changes[0]!.changes).toContainEqual({ field: 'tariffId', before: tariffId, after: otherTariffId });
    const { contract } = await asAdmin('query ($id: ID!) { contract(id: $id) { sim { id } } }', { id: contractId });
    expect(changes[1]!.changes).toEqual([{ field: 'simId', before: expect.any(String), after: contract.sim.id }]);
    const sims = await Promise.all([
      historyOf('Sim', changes[1]!.changes[0]!.before!),
      historyOf('Sim', contract.sim.id),
    ]);
    expect(sims[0].map(({ kind, changes: fields }) => [kind, fields.find(({ field }) => field === 'status')])).toEqual([
      ['SIM_CHANGED', { field: 'status', before: 'ACTIVE', after: 'RETIRED' }],
      ['SIM_REGISTERED', { field: 'status', before: null, after: 'ACTIVE' }],
    ]);
    expect(sims[1].map(({ kind }) => kind)).toEqual(['SIM_REGISTERED']);
  });

  it('is not that of an object of another kind with the same key, in one operation too', async () => {
    const key = (await product.database.rows(sql<{ id: string }>`select max(id) as id from contract`))[0]!.id;
    const aliases = ['Contract', 'Sim', 'Payment', 'Tariff'].map(
      (type) => `${type}: node(id: "${encodeId(type, key)}") { ... on ${type} { history { nodes { subjectKind } } } }`,
    );
    const data = await asAdmin(`{ ${aliases.join(' ')} }`);
    for (const [type, node] of Object.entries<{ history: { nodes: { subjectKind: string }[] } }>(data)) {
      expect([...new Set(node.history.nodes.map(({ subjectKind }) => subjectKind))]).toEqual([type]);
    }
  });

  it('of a tariff has its prices, and nothing where nothing changed', async () => {
    const changes = await historyOf('Tariff', tariffId);
    expect(changes).toHaveLength(1);
    expect(changes[0]!.changes).toEqual(
      expect.arrayContaining([
        { field: 'name', before: null, after: 'Minute' },
        { field: 'pricePerMinute', before: null, after: '1.5' },
        { field: 'pricesFrom', before: null, after: '2026-01-01T00:00:00.000Z' },
      ]),
    );
  });
});

describe('all of the history', () => {
  const list = async (args: string) =>
    (await asAdmin(`{ history(${args}) { totalCount pageInfo { endCursor hasNextPage } nodes { id kind } } }`)).history;

  it('is paged from the latest on, each change once', async () => {
    const { totalCount, nodes: all } = await list('first: 100');
    expect(all).toHaveLength(totalCount);
    const paged: { id: string }[] = [];
    let after = '';
    for (;;) {
      const page = await list(`first: 3${after}`);
      paged.push(...page.nodes);
      if (!page.pageInfo.hasNextPage) break;
      after = `, after: "${page.pageInfo.endCursor}"`;
    }
    expect(paged).toEqual(all);
  });

  it('is filtered by kind, object, who did it, and period', async () => {
    const kinds = async (filter: string) =>
      (await list(`filter: { ${filter} }`)).nodes.map(({ kind }: { kind: string }) => kind);
    expect(await kinds('kind: CUSTOMER_CHANGED')).toEqual(['CUSTOMER_CHANGED']);
    expect(await kinds(`subjectId: "${customerId}"`)).toEqual(['CUSTOMER_CHANGED', 'CUSTOMER_REGISTERED']);
    expect(await kinds(`subjectId: "${customerId}", kind: CUSTOMER_CHANGED`)).toEqual(['CUSTOMER_CHANGED']);
    expect(await kinds(`userId: "${encodeId('User', actors.operator.actor.userId)}"`)).toHaveLength(4);
    expect(await kinds(`userId: "${encodeId('User', actors.admin.actor.userId)}"`)).toEqual([]);
    expect(await kinds('recordedBefore: "2026-01-01T00:00:00Z"')).toEqual([]);
    expect(await kinds(`recordedFrom: "2026-01-01T00:00:00Z", subjectId: "${contractId}"`)).toHaveLength(3);
  });

  it.each([
    ['subjectId: "junk"', ['filter', 'subjectId']],
    ['subjectId: ""', ['filter', 'subjectId']],
    [`subjectId: "${encodeId('Call', '1')}"`, ['filter', 'subjectId']],
    [`userId: "${encodeId('Customer', '1')}"`, ['filter', 'userId']],
  ])('refuses the filter %s with its path', async (filter, path) => {
    const { errors } = await product.graphql(
      `{ history(filter: { ${filter} }) { nodes { id } } }`,
      {},
      actors.admin.token,
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', path } }]);
  });

  it.each(['kind: NO_SUCH_KIND', 'recordedFrom: "yesterday"', 'nothing: 1'])(
    'refuses the filter %s',
    async (filter) => {
      const { errors } = await product.graphql(
        `{ history(filter: { ${filter} }) { nodes { id } } }`,
        {},
        actors.admin.token,
      );
      expect(errors).toHaveLength(1);
    },
  );

  it('gives each change by its id', async () => {
    const { nodes } = await list('first: 1');
    const { node } = await asAdmin('query ($id: ID!) { node(id: $id) { __typename id } }', { id: nodes[0].id });
    expect(node).toEqual({ __typename: 'ChangeRecord', id: nodes[0].id });
  });
});

describe('what a client says of itself', () => {
  it('is cut off where it is too long, and may be missing', async () => {
    const input = (n: number) => ({ input: { name: `Key ${n}`, scopes: ['calls:read'] } });
    const document =
      'mutation ($input: CreatePartnerKeyInput!) { createPartnerKey(input: $input) { partnerKey { history { nodes { client { agent name version } } } } } }';
    const long = 'x'.repeat(2_000);
    const headers = { 'apollographql-client-name': long, 'apollographql-client-version': long, 'user-agent': long };
    const cut = await ask(product, document, input(1), actors.admin.token, headers);
    const [{ client }] = cut.createPartnerKey.partnerKey.history.nodes;
    expect([client.agent.length, client.name.length, client.version.length]).toEqual([300, 100, 50]);
    const bare = await product.graphql(document, input(2), actors.admin.token);
    expect(bare.data.createPartnerKey.partnerKey.history.nodes[0].client).toMatchObject({ name: null, version: null });
  });
});
