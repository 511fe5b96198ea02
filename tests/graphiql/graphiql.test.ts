import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { registerGraphiql } from '../../src/graphiql/graphiql.page.js';

const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

const CONTENT_TYPES: Readonly<Record<string, RegExp>> = {
  js: /^text\/javascript\b/,
  css: /^text\/css\b/,
  svg: /^image\/svg\+xml\b/,
};

describe('GraphiQL', () => {
  let app: FastifyInstance;
  let origin: string;

  beforeAll(async () => {
    app = Fastify();
    registerGraphiql(app);
    // Stands where the GraphQL server does: same address, no constraint.
    app.route({ url: '/graphql', method: ['GET', 'POST', 'OPTIONS'], handler: () => ({ data: 'graph' }) });
    await app.listen({ port: 0, host: '127.0.0.1' });
    origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  });

  afterAll(() => app.close());

  const openPage = () => fetch(`${origin}/graphql`, { headers: BROWSER });

  /** The addresses that the page's elements load by themselves. */
  async function referencesOf(page: Response): Promise<URL[]> {
    const html = await page.text();
    const elements = html.match(/<(?:script|link|img|iframe)\b[^>]*>/g) ?? [];
    const addresses = elements.flatMap((element) => /\b(?:src|href)="([^"]*)"/.exec(element)?.[1] ?? []);
    return addresses.map((address) => new URL(address, page.url));
  }

  /** The names by which one of the page's modules asks for more: imports, workers. */
  async function namesIn(module: URL): Promise<string[]> {
    const code = await (await fetch(module)).text();
    return [...code.matchAll(/from '\.\/([\w-]+\.js)'|'([\w-]+\.js)'/g)].map((match) => (match[1] ?? match[2])!);
  }

  it('answers a browser with a page that may load from this server only', async () => {
    const page = await openPage();
    const policy = page.headers.get('content-security-policy');

    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('vary')).toBe('accept');
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/script-src|https?:|\*|unsafe-eval/);
  });

  it('has no script in the page itself, which the policy would refuse', async () => {
    const html = await (await openPage()).text();

    expect(html).toMatch(/<script\b/);
    expect(html).not.toMatch(/<script\b(?![^>]*\bsrc=)/);
    expect(html).not.toMatch(/<[^>]+\son\w+=/);
  });

  it('refers to this server only', async () => {
    const references = await referencesOf(await openPage());

    expect(references.length).toBeGreaterThan(4);
    expect(references.map((reference) => reference.origin)).toEqual(references.map(() => origin));
  });

  it('serves every file that the page refers to, to be kept for good', async () => {
    const references = await referencesOf(await openPage());

    for (const reference of references) {
      const answer = await fetch(reference);
      const extension = reference.pathname.split('.').at(-1) ?? '';
      expect([reference.pathname, answer.status]).toEqual([reference.pathname, 200]);
      expect(answer.headers.get('content-type')).toMatch(CONTENT_TYPES[extension]!);
      expect(answer.headers.get('cache-control')).toContain('immutable');
      expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(100);
    }
  });

  it('serves what its modules import and the workers that they start', async () => {
    const references = await referencesOf(await openPage());
    const entry = references.find(({ pathname }) => pathname.endsWith('/page.js'))!;
    const waiting = [entry];
    const seen = new Set<string>();

    for (let module = waiting.pop(); module; module = waiting.pop()) {
      for (const name of (await namesIn(module)).filter((each) => !seen.has(each))) {
        const next = new URL(name, module);
        const answer = await fetch(next, { method: 'HEAD' });
        expect([name, answer.status, answer.headers.get('content-type')]).toEqual([
          name,
          200,
          'text/javascript; charset=utf-8',
        ]);
        seen.add(name);
        if (!name.endsWith('-worker.js')) waiting.push(next);
      }
    }

    expect([...seen].sort()).toEqual([
      'editor-worker.js',
      'fetcher.js',
      'graphql-worker.js',
      'json-worker.js',
      'post.js',
      'session.js',
      'sign-in-bar.js',
    ]);
  });

  it('has no file of another name or another version', async () => {
    const [reference] = await referencesOf(await openPage());
    const other = [new URL('page.html', reference), new URL('../000000000000/page.js', reference)];

    for (const address of other) expect((await fetch(address)).status).toBe(404);
  });

  it('sends a file as it is to a client that takes no compressed one', async () => {
    const references = await referencesOf(await openPage());
    const { pathname } = references.find((reference) => reference.pathname.endsWith('/graphiql.css'))!;

    const plain = await app.inject({ url: pathname });
    const compressed = await app.inject({ url: pathname, headers: { 'accept-encoding': 'gzip, br' } });

    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body).toContain('.graphiql-container');
    expect(compressed.headers['content-encoding']).toBe('gzip');
    expect(compressed.rawPayload.length).toBeLessThan(plain.rawPayload.length);
  });

  it.each([
    ['a client that takes JSON', { method: 'GET', url: '/graphql', headers: { accept: 'application/json' } }],
    ['a client that names no type', { method: 'GET', url: '/graphql' }],
    ['a query in the address', { method: 'GET', url: '/graphql?query=%7B__typename%7D', headers: BROWSER }],
    ['a POST, even of a browser', { method: 'POST', url: '/graphql', headers: BROWSER }],
    ['a preflight', { method: 'OPTIONS', url: '/graphql', headers: BROWSER }],
    ['an upgrade', { method: 'GET', url: '/graphql', headers: { ...BROWSER, upgrade: 'websocket' } }],
  ] as const)('leaves %s to the GraphQL server', async (_case, request) => {
    const answer = await app.inject(request);

    expect(answer.json()).toEqual({ data: 'graph' });
  });
});
