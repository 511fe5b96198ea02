import { SignJWT } from 'jose';
import { WebSocket } from 'ws';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors, TEST_JWT_SECRET } from '../support/sign-ins.js';
import { subscribe, untilNobodyListens } from '../support/subscribe.js';

let product: Product;
let actors: Actors;

beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
});
afterAll(() => product.stop());

const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${product.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });

describe('a request that is wrong', () => {
  it.each([
    ['a malformed token', 'nonsense'],
    ['half a token', 'eyJhbGciOiJIUzI1NiJ9.e30'],
    ['an unknown partner key', 'swb_unknown'],
  ])('with %s is told so, and what needs no sign-in still works', async (_what, token) => {
    const answer = await product.graphql('{ customers { totalCount } }', {}, token);
    expect(answer.status).toBe(200);
    expect(answer.data).toBeNull();
    expect(answer.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    const open = await product.graphql('{ enumLabels(name: "CallStatus") { value ru } }', {}, token);
    expect(open.data.enumLabels).toContainEqual({ value: 'REDIRECTED', ru: 'Перенаправлен' });
  });

  it('with an expired token or one signed by somebody else is told so', async () => {
    const claims = new SignJWT({ kind: 'user' }).setProtectedHeader({ alg: 'HS256' }).setSubject('1').setIssuedAt(0);
    const expired = await claims.setExpirationTime(1).sign(new TextEncoder().encode(TEST_JWT_SECRET));
    const foreign = await claims.setExpirationTime('1h').sign(new TextEncoder().encode('x'.repeat(40)));
    for (const token of [expired, foreign]) {
      const answer = await product.graphql('{ viewer { kind } }', {}, token);
      expect(answer.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    }
  });

  it('without a token is asked to sign in, whatever it asks for', async () => {
    for (const document of ['{ viewer { kind } }', `{ node(id: "${encodeId('Customer', '1')}") { id } }`]) {
      const answer = await product.graphql(document);
      expect(answer.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    }
  });

  it('for an operation without permission is forbidden', async () => {
    const answer = await product.graphql(
      '{ dailyCallReport(from: "2026-09-01", to: "2026-09-02") { day } }',
      {},
      actors.customer.token,
    );
    expect(answer.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('with an id of another kind, or none, names the argument', async () => {
    for (const id of [encodeId('Contract', '1'), 'nonsense', '']) {
      const answer = await product.graphql('query ($id: ID!) { customer(id: $id) { id } }', { id }, actors.admin.token);
      expect(answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', path: ['id'] } }]);
    }
  });

  it('for an object that is not there, or not theirs, gets null', async () => {
    const document = 'query ($id: ID!) { customer(id: $id) { id } node(id: $id) { id } }';
    const missing = await product.graphql(document, { id: encodeId('Customer', '999999') }, actors.admin.token);
    expect(missing.data).toEqual({ customer: null, node: null });
    const id = encodeId('Customer', actors.otherCustomer.actor.customerId);
    const others = await product.graphql(document, { id }, actors.customer.token);
    expect(others).toMatchObject({ data: { customer: null, node: null }, errors: undefined });
  });

  it.each([
    ['a page over the limit', { first: 101 }, ['first']],
    ['a page below zero', { first: -1 }, ['first']],
    ['both ends at once', { first: 1, last: 1 }, ['last']],
    ['a cursor that is none', { after: 'nonsense' }, ['after']],
  ])('with %s names the argument', async (_what, variables, path) => {
    const answer = await product.graphql(
      'query ($first: Int, $last: Int, $after: String) { customers(first: $first, last: $last, after: $after) { nodes { id } } }',
      variables,
      actors.admin.token,
    );
    expect(answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', path } }]);
  });

  it('with a cursor of another order is refused', async () => {
    const document = `query ($after: String, $field: CustomerOrderField!) {
      customers(first: 1, after: $after, orderBy: { field: $field }) { pageInfo { endCursor } } }`;
    const first = await product.graphql(document, { field: 'NAME' }, actors.admin.token);
    const after = first.data.customers.pageInfo.endCursor;
    const other = await product.graphql(document, { field: 'CREATED_AT', after }, actors.admin.token);
    expect(other.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', path: ['after'] } }]);
  });

  it('that is too deep or too costly is refused before anything runs', async () => {
    const deep = `{ customers { nodes ${'{ contracts { nodes { customer '.repeat(5)}{ id }${' } } }'.repeat(5)} } }`;
    const costly = `{ customers(first: 100) { nodes { contracts(first: 100) { nodes { calls(first: 100) { nodes { id } } } } } } }`;
    for (const document of [deep, costly]) {
      const answer = await product.graphql(document, {}, actors.admin.token);
      expect(answer.status).toBe(400);
      expect(answer.errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED' } }]);
      expect(answer.data).toBeUndefined();
    }
  });

  it('cannot hide its size in the defaults of its variables, and may have such defaults', async () => {
    const costly = `query ($n: Int = 100) { customers(first: $n) { nodes { contracts(first: $n) { nodes {
      calls(first: $n) { nodes { id } } } } } } }`;
    expect((await product.graphql(costly, {}, actors.admin.token)).errors).toMatchObject([
      { extensions: { code: 'LIMIT_EXCEEDED' } },
    ]);
    const id = encodeId('Customer', actors.customer.actor.customerId);
    const modest = `query ($ids: [ID!]! = ["${id}"]) { nodes(ids: $ids) { id } }`;
    expect(await product.graphql(modest, {}, actors.admin.token)).toMatchObject({ data: { nodes: [{ id }] } });
  });

  it('cannot ask for the whole schema again and again', async () => {
    const again = Array.from({ length: 11 }, (_, i) => `s${i}: __schema { types { name } }`).join(' ');
    expect((await product.graphql(`{ ${again} }`)).errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED' } }]);
    const once = await product.graphql('{ __schema { types { name } } }');
    expect(once.data.__schema.types.length).toBeGreaterThan(50);
  });

  it('at an address that cannot be read, or is none of ours, is told so in the form of GraphQL', async () => {
    for (const [path, status] of [
      ['/%ff', 400],
      ['/nothing', 404],
    ] as const) {
      const response = await fetch(`${product.url}${path}`);
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: expect.any(String) } }] });
    }
  });

  it('that is made to be expensive to check is refused quickly', async () => {
    const chain = Array.from(
      { length: 60 },
      (_, i) => `fragment F${i} on Contract { a: customer { contracts { nodes { ...F${i + 1} } } }
        b: customer { contracts { nodes { ...F${i + 1} } } } }`,
    ).join('\n');
    const before = Date.now();
    const answer = await product.graphql(
      `{ contracts { nodes { ...F0 } } } ${chain} fragment F60 on Contract { id }`,
      {},
      actors.admin.token,
    );
    expect(Date.now() - before).toBeLessThan(3_000);
    expect(answer.errors?.[0]?.extensions.code).toBe('LIMIT_EXCEEDED');
    const long = await product.graphql(`{ ${'a: __typename '.repeat(5_000)} }`, {}, actors.admin.token);
    expect(long.status).toBe(400);
  });

  it.each([
    ['no JSON', '{'],
    ['no query', '{}'],
    ['a list', '[]'],
    ['another type', '"text"'],
    ['a syntax error', '{"query": "{"}'],
    ['an unknown field', '{"query": "{ nothing }"}'],
    [
      'variables of another type',
      '{"query": "query ($id: ID!) { customer(id: $id) { id } }", "variables": {"id": {}}}',
    ],
  ])('with %s gets a 400 with words and no inside', async (_what, body) => {
    const response = await post(body, { authorization: `Bearer ${actors.admin.token}` });
    const text = await response.text();
    expect(response.status).toBe(400);
    expect(text).not.toMatch(/node_modules|\bat \w+.*:\d+:\d+|stack/i);
    expect(JSON.parse(text).errors[0].extensions.code).toEqual(expect.any(String));
  });

  it('that makes the inside fail tells nothing of it', async () => {
    await product.database.pool.query('alter table tariff rename to tariff_gone');
    const answer = await product.graphql('{ tariffs { nodes { id } } }', {}, actors.admin.token);
    await product.database.pool.query('alter table tariff_gone rename to tariff');
    expect(answer.errors).toMatchObject([
      { message: 'Something failed on our side.', extensions: { code: 'INTERNAL' } },
    ]);
    expect(JSON.stringify(answer)).not.toMatch(/relation|select|tariff_gone/);
  });
});

describe('the WebSocket', () => {
  it('serves subscriptions only', async () => {
    const subscriber = await subscribe(product, '{ customers { totalCount } }', { token: actors.admin.token });
    await subscriber.untilEnded();
    expect(subscriber.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    await subscriber.stop();
  });

  it('asks who is there, as HTTP does', async () => {
    const subscriber = await subscribe(product, 'subscription { callFeed { cursor } }');
    await subscriber.untilEnded();
    expect(subscriber.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    await subscriber.stop();
  });

  it('closes with 4401 on a token that does not hold', async () => {
    const subscriber = await subscribe(product, 'subscription { callFeed { cursor } }', { token: 'nonsense' });
    await subscriber.untilEnded();
    expect(subscriber.closeCode()).toBe(4401);
    await subscriber.stop();
  });

  it('tells nothing of the inside to a client that breaks the protocol', async () => {
    const socket = new WebSocket(product.socketUrl, 'graphql-transport-ws');
    await new Promise((resolve) => socket.once('open', resolve));
    const closed = new Promise<[number, string]>((resolve) =>
      socket.once('close', (code, reason) => resolve([code, String(reason)])),
    );
    socket.send(JSON.stringify({ type: 'connection_init' }));
    await new Promise((resolve) => socket.once('message', resolve));
    socket.send(JSON.stringify({ type: 'connection_ack' }));
    expect(await closed).toEqual([4400, 'Invalid message received']);
  });

  it('holds the limits that HTTP has', async () => {
    const deep = `subscription { callFeed { call ${'{ caller { customer { contracts { nodes { customer { calls { nodes '.repeat(2)}{ id }${' } } } } } } }'.repeat(2)} } }`;
    const subscriber = await subscribe(product, deep, { token: actors.admin.token });
    await subscriber.untilEnded();
    expect(subscriber.errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED' } }]);
    await subscriber.stop();
  });

  it('tells the error’s code also when a socket has too many subscriptions', async () => {
    const subscriber = await subscribe(product, 'subscription { callFeed { cursor } }', { token: actors.admin.token });
    const { client } = subscriber;
    const codes = await Promise.all(
      Array.from(
        { length: 120 },
        () =>
          new Promise<string | undefined>((resolve) => {
            const timer = setTimeout(() => resolve(undefined), 500);
            client.subscribe(
              { query: 'subscription { callFeed { cursor } }' },
              {
                next: () => undefined,
                complete: () => undefined,
                error: (errors) => {
                  clearTimeout(timer);
                  resolve((errors as { extensions: { code: string } }[])[0]!.extensions.code);
                },
              },
            );
          }),
      ),
    );
    expect(codes.filter((code) => code === 'LIMIT_EXCEEDED')).toHaveLength(21);
    expect(codes.filter((code) => code === undefined)).toHaveLength(99);
    await subscriber.stop();
    await untilNobodyListens(product);
  });

  it.each([
    ['a condition on its field', 'subscription { callFeed @skip(if: true) { cursor } }'],
    ['a condition around it', 'subscription { ... @include(if: false) { callFeed { cursor } } }'],
    [
      'a condition in a fragment',
      'subscription { ...F } fragment F on Subscription { callFeed @skip(if: true) { cursor } }',
    ],
  ])('refuses a subscription with %s, and tells nothing of the inside', async (_what, document) => {
    const subscriber = await subscribe(product, document);
    await subscriber.untilEnded();
    expect(subscriber.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    await subscriber.stop();
  });

  it('finds faults in a document, as HTTP does', async () => {
    const subscriber = await subscribe(product, 'subscription { nothing }', { token: actors.admin.token });
    await subscriber.untilEnded();
    expect(subscriber.errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
    await subscriber.stop();
  });
});

describe('what watches the process', () => {
  it('finds it alive and ready, with metrics', async () => {
    expect((await fetch(`${product.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${product.url}/readyz`)).status).toBe(200);
    const metrics = await (await fetch(`${product.url}/metrics`)).text();
    expect(metrics).toMatch(/switchboard_http_request_duration_seconds_count/);
    expect(metrics).toMatch(/switchboard_websocket_connections 0/);
  });
});
