import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors } from '../support/sign-ins.js';
import { subscribe, untilNobodyListens } from '../support/subscribe.js';

const SETTINGS = {
  MAX_DEPTH: '6',
  MAX_COST: '500',
  MAX_BREADTH: '12',
  MAX_FIELDS: '30',
  MAX_ALIASES: '3',
  MAX_ROOT_FIELDS: '5',
  MAX_ROOT_REPEATS: '2',
  MAX_TOKENS: '200',
};
const LIMITS = {
  depth: 6,
  cost: 500,
  breadth: 12,
  fields: 30,
  aliases: 3,
  rootFields: 5,
  repeats: 2,
  tokens: 200,
};

let product: Product;
let actors: Actors;
let acquired = 0;

beforeAll(async () => {
  product = await startProduct({ env: SETTINGS });
  actors = await createActors(product.database);
  for (const pool of [product.database.pool, product.database.readPool]) {
    pool.on('acquire', () => {
      acquired += 1;
    });
  }
});
afterAll(() => product.stop());

async function send(query: string, variables: object = {}, token = actors.admin.token) {
  const response = await fetch(`${product.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, ...((await response.json()) as Record<string, unknown>) };
}

const times = (count: number, text: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => text(n)).join(' ');
const FIELDS = ['id', 'name', 'status', 'createdAt'];
const selections = (count: number) => times(count, (n) => FIELDS[n % FIELDS.length]!);

/** An operation beyond each limit, with the words that say so. */
const TOO_LARGE: readonly (readonly [string, string, RegExp])[] = [
  [
    'depth',
    '{ customers(first: 1) { nodes { contracts(first: 1) { nodes { customer { contracts(first: 1) { totalCount } } } } } } }',
    /7 levels deep; at most 6/,
  ],
  ['cost', '{ customers(first: 100) { nodes { contracts(first: 2) { nodes { id } } } } }', /600 objects; at most 500/],
  ['cost, by counting', '{ customers(first: 5) { nodes { contracts(first: 1) { totalCount } } } }', /515 objects/],
  ['breadth', `{ customers(first: 1) { nodes { ${selections(13)} } } }`, /13 fields; at most 12/],
  [
    'breadth, by fragments',
    `{ customers(first: 1) { nodes { ...A ...A } } } fragment A on Customer { ${selections(7)} }`,
    /14 fields; at most 12/,
  ],
  [
    'fields',
    `{ ${times(3, () => `customers(first: 1) { nodes { ${selections(9)} } }`)} }`,
    /33 fields, fragments put in; at most 30/,
  ],
  ['aliases', '{ customers(first: 1) { nodes { a: id b: id c: id d: id } } }', /4 aliases; at most 3/],
  [
    'root fields',
    '{ __typename viewer { kind } customers(first: 1) { totalCount } contracts(first: 1) { totalCount } tariffs(first: 1) { totalCount } calls(first: 1) { totalCount } }',
    /6 root fields; at most 5/,
  ],
  [
    'the same root field again',
    '{ a: viewer { kind } b: viewer { kind } viewer { kind } }',
    /one root field 3 times; at most 2/,
  ],
  ['tokens', `{ ${times(250, () => '__typename')} }`, /more than 200 tokens/],
  ['tokens, by comments', `{ __typename }\n${'#\n'.repeat(30_000)}`, /more than 200 tokens, comments included/],
  ['characters', `{ __typename }${' '.repeat(65_536)}`, /65550 characters; at most 65536/],
  ['nesting of selections', `${'{a'.repeat(1_900)}`, /nested too deeply: at most 200/],
  ['nesting of lists', `{ nodes(ids: ${'['.repeat(1_900)}${']'.repeat(1_900)}) { id } }`, /nested too deeply/],
];

describe('an operation over HTTP', () => {
  it.each(TOO_LARGE)(
    'beyond the limit of %s is refused with the figure, and costs no statement',
    async (_what, query, words) => {
      for (const token of [actors.admin.token, actors.customer.token, 'nonsense']) {
        const before = acquired;
        const answer = await send(query, {}, token);
        expect(answer).toMatchObject({
          status: 400,
          errors: [{ message: expect.stringMatching(words), extensions: { code: 'LIMIT_EXCEEDED' } }],
        });
        expect(answer).not.toHaveProperty('data');
        expect(acquired).toBe(before);
      }
    },
  );

  it('is held against the limits before it is validated, which takes longer', async () => {
    const faulty = `{ ${times(6, (n) => `nothing${n}`)} }`;
    expect(await send(faulty)).toMatchObject({ status: 400, errors: [{ extensions: { code: 'LIMIT_EXCEEDED' } }] });
    const unused = `{ __typename } fragment Unused on Query { ${times(4, (n) => `a${n}: __typename`)} }`;
    expect(await send(unused)).toMatchObject({ status: 400, errors: [{ extensions: { code: 'LIMIT_EXCEEDED' } }] });
  });

  it('is refused for what its variables make of it, and answered for what they make of it', async () => {
    const query = 'query ($n: Int!) { customers(first: $n) { nodes { id } } }';
    expect(await send(query, { n: 300 })).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'LIMIT_EXCEEDED' } }],
      extensions: { operation: { cost: 600 } },
    });
    const modest = await send(query, { n: 3 });
    expect(modest).toMatchObject({ status: 200, data: { customers: { nodes: expect.any(Array) } } });
    expect(acquired).toBeGreaterThan(0);
  });

  it('is told its size and the limits, whatever it is answered with', async () => {
    const size = { cost: 20, depth: 3, breadth: 2, fields: 4, aliases: 1, rootFields: 1, repeats: 1 };
    const query = '{ customers(first: 10) { nodes { id x: name } } }';
    expect(await send(query)).toMatchObject({ data: {}, extensions: { operation: { ...size, limits: LIMITS } } });
    expect(await send(query, {}, 'nonsense')).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
      extensions: { operation: { ...size, limits: LIMITS } },
    });
    const { extensions } = (await send(TOO_LARGE.find(([what]) => what === 'aliases')![1])) as { extensions?: unknown };
    expect(extensions).toMatchObject({ operation: { aliases: 4, limits: LIMITS } });
  });

  it('whose variables are wrong is refused for them', async () => {
    const query = 'query ($n: Int!) { customers(first: $n) { nodes { id } } }';
    expect(await send(query, { n: 'many' })).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  it('is found among several of a document by its name', async () => {
    const query = 'query A { customers(first: 1) { totalCount } } query B { customers(first: 300) { nodes { id } } }';
    const run = (operationName?: string) =>
      fetch(`${product.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${actors.admin.token}` },
        body: JSON.stringify({ query, operationName }),
      }).then((response) => response.json());
    expect(await run('A')).toMatchObject({ data: { customers: {} }, extensions: { operation: { cost: 101 } } });
    expect(await run('B')).toMatchObject({ errors: [{ extensions: { code: 'LIMIT_EXCEEDED' } }] });
    for (const name of [undefined, 'C']) {
      expect(await run(name)).toMatchObject({ errors: [{ extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } }] });
    }
  });

  it('is told all that is wrong with its document', async () => {
    const answer = await send('{ nothing customers(first: 1) { nowhere } }');
    expect(answer).toMatchObject({
      status: 400,
      errors: [
        { message: expect.stringContaining('nothing'), extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
        { message: expect.stringContaining('nowhere'), locations: [{ line: 1 }] },
      ],
    });
    expect(await send('{')).toMatchObject({ status: 400, errors: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] });
  });

  it('by GET may be a query only, and holds the same limits', async () => {
    const get = async (query: string) => {
      const response = await fetch(`${product.url}/graphql?${new URLSearchParams({ query })}`, {
        headers: { authorization: `Bearer ${actors.admin.token}`, 'apollo-require-preflight': '1' },
      });
      return { status: response.status, ...((await response.json()) as object) };
    };
    expect(await get('{ viewer { kind } }')).toMatchObject({ data: {}, extensions: { operation: { cost: 1 } } });
    expect(await get(TOO_LARGE[1]![1])).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'LIMIT_EXCEEDED' } }],
    });
    for (const query of ['mutation { signOut { errors { code } } }', 'subscription { callFeed { cursor } }']) {
      expect(await get(query)).toMatchObject({ status: 405 });
    }
  });
});

describe('a subscription', () => {
  it.each([
    ['alone', 'subscription { callFeed { cursor } }', undefined],
    ['among others', 'query A { viewer { kind } } subscription B { callFeed { cursor } }', 'B'],
  ])('by POST is sent to the WebSocket, before any statement: %s', async (_what, query, operationName) => {
    const before = acquired;
    const response = await fetch(`${product.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${actors.admin.token}` },
      body: JSON.stringify({ query, operationName }),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [{ message: 'Subscriptions are served over the WebSocket.', extensions: { code: 'BAD_USER_INPUT' } }],
    });
    expect(acquired).toBe(before);
  });

  it('is held to the same limits, before any statement', async () => {
    const query = 'subscription { callFeed { call { a: id b: id c: id d: id } } }';
    const subscriber = await subscribe(product, query, { token: actors.admin.token });
    await subscriber.untilEnded();
    expect(subscriber.errors).toMatchObject([
      { message: expect.stringMatching(/4 aliases; at most 3/), extensions: { code: 'LIMIT_EXCEEDED' } },
    ]);
    await subscriber.stop();
  });

  it('made of fragments that spread each other twice is read at once', async () => {
    const chain = times(20, (n) => `fragment F${n} on Subscription { ...F${n + 1} ...F${n + 1} }`);
    const query = `subscription { ...F0 } ${chain} fragment F20 on Subscription { callFeed { cursor } }`;
    const before = Date.now();
    const subscriber = await subscribe(product, query, { token: actors.admin.token });
    await subscriber.untilEnded();
    expect(Date.now() - before).toBeLessThan(2_000);
    expect(subscriber.errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED' } }]);
    await subscriber.stop();
  });

  it('is told its size with its first message only', async () => {
    const messages: { extensions?: unknown }[] = [];
    const query = 'subscription { callFeed { cursor call { durationSeconds } } }';
    const { client, ...first } = await subscribe(product, query, { token: actors.admin.token });
    const ended = new Promise<void>((resolve) => {
      const stop = client.subscribe(
        { query },
        {
          next: (message) => {
            messages.push(message as { extensions?: unknown });
            if (messages.length === 2) stop();
          },
          error: () => resolve(),
          complete: () => resolve(),
        },
      );
    });
    await untilListening(2);
    for (const n of [1, 2]) await recordCall(n);
    await ended;
    expect(messages[0]).toMatchObject({
      extensions: { operation: { depth: 3, fields: 4, cost: expect.any(Number), limits: LIMITS } },
    });
    expect(messages[1]).not.toHaveProperty('extensions');
    await first.stop();
    await untilNobodyListens(product);
  });
});

async function untilListening(count: number): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (product.server.hub.subscriptions < count) {
    if (Date.now() > deadline) throw new Error('Nobody listens.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function recordCall(n: number): Promise<void> {
  const answer = await send(
    'mutation ($input: RecordCallsInput!) { recordCalls(input: $input) { recorded errors { code message } } }',
    {
      input: {
        idempotencyKey: `call-${n}`,
        calls: [
          {
            exchange: 'pbx-1',
            externalId: `${n}`,
            caller: '+79990000011',
            called: '+79990000099',
            status: 'MISSED',
            startedAt: new Date().toISOString(),
            durationSeconds: 0,
          },
        ],
      },
    },
  );
  expect(answer).toMatchObject({ data: { recordCalls: { recorded: 1 } } });
}

describe('ids', () => {
  it('of a list count for as many objects', async () => {
    const ids = [1, 2, 3].map((key) => encodeId('Customer', String(key)));
    const answer = await send('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(answer).toMatchObject({ extensions: { operation: { cost: 3 } } });
  });
});
