import { createHash } from 'node:crypto';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors } from '../support/sign-ins.js';
import { outcomeOf, subscribe } from '../support/subscribe.js';

let product: Product;
let actors: Actors;

beforeAll(async () => {
  product = await startProduct({ env: { DOCUMENT_CACHE_SIZE: '20' } });
  actors = await createActors(product.database);
});
afterAll(() => product.stop());

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const persisted = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly data?: Record<string, unknown>;
  readonly errors?: { message: string; extensions: { code: string } }[];
}

async function read(response: Response): Promise<Reply> {
  const body = (await response.json()) as object;
  return { status: response.status, headers: response.headers, ...body };
}

const headers = () => ({ 'content-type': 'application/json', authorization: `Bearer ${actors.admin.token}` });

const post = async (body: object) =>
  read(await fetch(`${product.url}/graphql`, { method: 'POST', headers: headers(), body: JSON.stringify(body) }));

const get = async (parameters: Record<string, unknown>) => {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(parameters)) {
    texts[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return read(await fetch(`${product.url}/graphql?${new URLSearchParams(texts)}`, { headers: headers() }));
};

/** What the link of stock clients does: the hash alone, and where that is not known, once more with the text. */
async function viaLink(
  send: (request: Record<string, unknown>) => Promise<Reply>,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<{ reply: Reply; sent: number }> {
  const extensions = persisted(sha256(query));
  const first = await send({ variables, extensions });
  const unknown = first.errors?.some(
    ({ message, extensions: { code } }) => message === 'PersistedQueryNotFound' && code === 'PERSISTED_QUERY_NOT_FOUND',
  );
  if (!unknown) return { reply: first, sent: 1 };
  return { reply: await send({ variables, extensions, query }), sent: 2 };
}

describe('automatic persisted queries', () => {
  it.each([
    ['POST', post],
    ['GET', get],
  ])('are answered by their hash once their text came with it, by %s', async (name, send) => {
    const query = `query By${name}($first: Int!) { customers(first: $first) { totalCount } }`;
    const learned = await viaLink(send, query, { first: 1 });
    expect(learned).toMatchObject({ sent: 2, reply: { status: 200, data: { customers: { totalCount: 2 } } } });
    const known = await viaLink(send, query, { first: 2 });
    expect(known).toMatchObject({ sent: 1, reply: { data: { customers: { totalCount: 2 } } } });
  });

  it('are answered by the id that GraphQL over HTTP makes of the hash', async () => {
    const query = 'query ById { viewer { kind } }';
    await viaLink(post, query);
    for (const documentId of [`sha256:${sha256(query)}`, sha256(query)]) {
      expect(await post({ documentId })).toMatchObject({ status: 200, data: { viewer: { kind: 'USER' } } });
      expect(await get({ documentId })).toMatchObject({ status: 200, data: { viewer: { kind: 'USER' } } });
    }
  });

  it('that are not known are asked for, in an answer that nobody keeps', async () => {
    for (const send of [post, get]) {
      const reply = await send({ extensions: persisted(sha256('never sent')) });
      expect(reply).toMatchObject({ status: 200, errors: [{ message: 'PersistedQueryNotFound' }] });
      expect(reply.headers.get('cache-control')).toMatch(/no-cache/);
    }
  });

  it.each([
    ['the hash of another text', persisted(sha256('{ another }'))],
    ['no hash', persisted('')],
    ['a hash that is no text', { persistedQuery: { version: 1, sha256Hash: { length: 64 } } }],
    ['another version', { persistedQuery: { version: 2, sha256Hash: sha256('{ viewer { kind } }') } }],
    ['nothing that is meant so', { persistedQuery: 'yes' }],
  ])('with %s are refused in words, and not learned', async (_what, extensions) => {
    const query = '{ viewer { kind } }';
    expect(await post({ query, extensions })).toMatchObject({
      status: 400,
      errors: [{ message: expect.not.stringContaining('our side'), extensions: { code: 'BAD_USER_INPUT' } }],
    });
    expect(await post({ extensions: persisted(sha256(query)) })).toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
  });

  it('that are too large or wrong are not learned', async () => {
    const deep = `{ customers { nodes ${'{ contracts { nodes { customer '.repeat(5)}{ id }${' } } }'.repeat(5)} } }`;
    for (const query of [deep, '{ nothing }', '{']) {
      const extensions = persisted(sha256(query));
      expect(await post({ query, extensions })).toMatchObject({ status: 400 });
      expect(await post({ extensions })).toMatchObject({ errors: [{ message: 'PersistedQueryNotFound' }] });
    }
  });

  it('may change nothing by GET', async () => {
    const query = 'mutation ByGet { signOut { errors { code } } }';
    const extensions = persisted(sha256(query));
    for (const request of [{ query, extensions }, { extensions }]) {
      expect(await get(request)).toMatchObject({ status: 405 });
    }
  });

  it('cannot fill the memory: of many that are sent, the cache’s number is known', async () => {
    const queries = Array.from({ length: 100 }, (_, n) => `query Many${n} { viewer { kind } }`);
    for (const query of queries) expect((await viaLink(post, query)).reply.data).toBeDefined();
    let known = 0;
    for (const query of queries) {
      if ((await post({ extensions: persisted(sha256(query)) })).data) known += 1;
    }
    expect(known).toBe(20);
  });

  it('are known on the WebSocket too', async () => {
    const query = 'subscription ByHash { callFeed { cursor } }';
    const extensions = persisted(sha256(query));
    const probe = await subscribe(product, query, { token: actors.admin.token });
    const outcome = (payload: object) => outcomeOf(probe, payload);
    expect(await outcome({ query: '', extensions })).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect(await outcome({ query, extensions: persisted(sha256('other')) })).toBe('BAD_USER_INPUT');
    expect(await outcome({ query, extensions })).toBe('subscribed');
    expect(await outcome({ query: '', extensions })).toBe('subscribed');
    expect(await outcome({ query: '', extensions: {} })).toBe('BAD_USER_INPUT');
    await probe.stop();
  });
});
