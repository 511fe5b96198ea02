import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getIntrospectionQuery } from 'graphql';
import { pino } from 'pino';
import { readConfig } from '../../src/config.js';
import { buildServer } from '../../src/server.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors, TEST_JWT_SECRET } from '../support/sign-ins.js';
import { outcomeOf, subscribe } from '../support/subscribe.js';

const VIEWER = 'query Viewer {\n  viewer {\n    kind\n  }\n}';
const CUSTOMERS = 'query Customers($first: Int!) { customers(first: $first) { nodes { id } } }';
const FEED = 'subscription Feed { callFeed { cursor } }';
const SIGN_OUT = 'mutation SignOut { signOut { errors { code } } }';
const IDS = { [VIEWER]: 'viewer-1', [CUSTOMERS]: 'customers-1', [FEED]: 'feed-1', [SIGN_OUT]: 'sign-out-1' };
const NOT_TRUSTED = { status: 400, errors: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }] };

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const persisted = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });

let directory: string;
let product: Product;
let actors: Actors;
let acquired = 0;

async function manifestOf(name: string, content: unknown): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'switchboard-manifest-'));
  const manifest = Object.fromEntries(Object.entries(IDS).map(([text, id]) => [id, text]));
  product = await startProduct({ env: { TRUSTED_DOCUMENTS: await manifestOf('plain.json', manifest) } });
  actors = await createActors(product.database);
  for (const pool of [product.database.pool, product.database.readPool]) {
    pool.on('acquire', () => {
      acquired += 1;
    });
  }
});
afterAll(async () => {
  await product.stop();
  await rm(directory, { recursive: true });
});

const headers = () => ({ 'content-type': 'application/json', authorization: `Bearer ${actors.admin.token}` });
async function post(body: object, at: Pick<Product, 'url'> = product) {
  const response = await fetch(`${at.url}/graphql`, { method: 'POST', headers: headers(), body: JSON.stringify(body) });
  return { status: response.status, ...((await response.json()) as object) };
}
async function get(parameters: Record<string, string>) {
  const response = await fetch(`${product.url}/graphql?${new URLSearchParams(parameters)}`, { headers: headers() });
  return { status: response.status, ...((await response.json()) as object) };
}

describe('where only trusted documents run, a document over HTTP', () => {
  it.each([
    ['its text', { query: VIEWER }],
    ['its id', { documentId: 'viewer-1' }],
    ['its id as Relay sends it', { doc_id: 'viewer-1' }],
    ['its id where persisted queries have the hash', { extensions: persisted('viewer-1') }],
    ['its hash', { extensions: persisted(sha256(VIEWER)) }],
    ['its hash as an id', { documentId: `sha256:${sha256(VIEWER)}` }],
    ['its text and its hash', { query: VIEWER, extensions: persisted(sha256(VIEWER)) }],
  ])('runs by %s', async (_what, body) => {
    expect(await post(body)).toMatchObject({ status: 200, data: { viewer: { kind: 'USER' } } });
  });

  it('runs by its id in an address, with variables; and changes nothing so', async () => {
    const variables = JSON.stringify({ first: 1 });
    expect(await get({ documentId: 'customers-1', variables })).toMatchObject({ data: { customers: {} } });
    expect(await get({ documentId: 'sign-out-1' })).toMatchObject({ status: 405 });
  });

  it.each([
    ['another text', { query: '{ viewer { kind } }' }],
    ['its text with another space', { query: `${VIEWER} ` }],
    ['a text that is not valid', { query: '{ nothing }' }],
    ['a text that cannot be read', { query: '{' }],
    ['an unknown id', { documentId: 'viewer-2' }],
    ['an unknown hash', { extensions: persisted(sha256('{ viewer { kind } }')) }],
    ['a new text with its hash', { query: '{ __typename }', extensions: persisted(sha256('{ __typename }')) }],
    ['introspection', { query: getIntrospectionQuery() }],
    ['a persisted query that is none', { extensions: { persistedQuery: {} } }],
  ])('is refused by %s, in the same words, and costs no statement', async (_what, body) => {
    const before = acquired;
    const answer = await post(body);
    expect(answer).toMatchObject(NOT_TRUSTED);
    expect(answer).not.toHaveProperty('data');
    expect(acquired).toBe(before);
  });

  it('is never learned, and is not taken for another', async () => {
    const query = '{ __typename }';
    for (let n = 0; n < 2; n += 1)
      expect(await post({ query, extensions: persisted(sha256(query)) })).toMatchObject(NOT_TRUSTED);
    expect(await post({ query: VIEWER, documentId: 'customers-1' })).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
    expect(await post({ variables: {} })).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'BAD_REQUEST' } }],
    });
  });

  it('is held to the limits with the variables that come', async () => {
    expect(await post({ documentId: 'customers-1', variables: { first: 1_000_000 } })).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'LIMIT_EXCEEDED' } }],
    });
  });
});

describe('where only trusted documents run, a subscription', () => {
  async function outcome(payload: object): Promise<string> {
    const probe = await subscribe(product, '', { token: actors.admin.token });
    try {
      return await outcomeOf(probe, payload);
    } finally {
      await probe.stop();
    }
  }

  it('runs by its text, its id or its hash', async () => {
    expect(await outcome({ query: FEED })).toBe('subscribed');
    expect(await outcome({ query: '', documentId: 'feed-1' })).toBe('subscribed');
    expect(await outcome({ query: '', extensions: persisted(sha256(FEED)) })).toBe('subscribed');
  });

  it('is refused by any other', async () => {
    expect(await outcome({ query: 'subscription { callFeed { cursor } }' })).toBe('DOCUMENT_NOT_TRUSTED');
    expect(await outcome({ query: '{ __schema { types { name } } }' })).toBe('DOCUMENT_NOT_TRUSTED');
    expect(await outcome({ query: '', extensions: persisted(sha256('other')) })).toBe('DOCUMENT_NOT_TRUSTED');
    expect(await outcome({ query: VIEWER })).toBe('BAD_USER_INPUT');
  });
});

describe('a manifest', () => {
  /** A start that comes no further than the manifest: there is no such database. */
  const start = (TRUSTED_DOCUMENTS: string, env: NodeJS.ProcessEnv = {}) =>
    buildServer(readConfig({ ...env, TRUSTED_DOCUMENTS }), {
      databaseUrl: 'postgres://nobody@127.0.0.1:1/nothing',
      jwtSecret: TEST_JWT_SECRET,
      logger: pino({ level: 'silent' }),
    });

  it('may be that of Apollo’s generator', async () => {
    const operations = [{ id: 'abc', name: 'Viewer', type: 'query', body: VIEWER }];
    const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations };
    const other = await startProduct({ env: { TRUSTED_DOCUMENTS: await manifestOf('apollo.json', manifest) } });
    expect(await post({ extensions: persisted('abc') }, other)).toMatchObject({
      status: 200,
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
    expect(await post({ query: FEED }, other)).toMatchObject(NOT_TRUSTED);
    await other.stop();
  });

  it.each([
    ['is no JSON', '{', {}, /is not JSON/],
    ['is a list', [VIEWER], {}, /must be/],
    ['is of another version', { format: 'apollo-persisted-query-manifest', version: 2, operations: [] }, {}, /must be/],
    ['is empty', {}, {}, /no documents/],
    ['has a document that cannot be read', { one: VIEWER, two: '{' }, {}, /two: Syntax Error/],
    [
      'has documents that are not valid',
      { one: '{ nothing }', two: '{ nowhere }' },
      {},
      /one: .*nothing[\s\S]*two: .*nowhere/,
    ],
    [
      'has one too deep',
      { one: VIEWER, two: '{ customers { nodes { contracts { totalCount } } } }' },
      { MAX_DEPTH: '3' },
      /two: .*4 levels deep/,
    ],
    [
      'has one too costly',
      { one: '{ customers(first: 100) { nodes { id } } }' },
      { MAX_COST: '150' },
      /one: .*200 objects/,
    ],
    [
      'has one too costly by its defaults',
      { one: CUSTOMERS.replace('!', ' = 90') },
      { MAX_COST: '150' },
      /one: .*180 objects/,
    ],
    [
      'has an id twice',
      {
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: [
          { id: 'one', body: VIEWER },
          { id: 'one', body: FEED },
        ],
      },
      {},
      /one: two documents/,
    ],
  ])('that %s stops the start, and is named', async (_what, content, env, words) => {
    const started = start(await manifestOf('faulty.json', content), env);
    await expect(started).rejects.toThrow(words);
    await expect(started).rejects.toThrow(/^TRUSTED_DOCUMENTS \(.*faulty\.json\) cannot be used: /);
  });

  it('that is not there stops the start', async () => {
    const started = start(join(directory, 'missing.json'));
    await expect(started).rejects.toThrow(/missing\.json.*ENOENT/);
  });
});
