import { randomUUID } from 'node:crypto';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { signInUser } from '../support/sign-ins.js';
import { FormVisitor } from './form-visitor.js';
import { manage, type Outcome } from './manage.js';

const WORDS = { title: 'Ask us', thanks: 'Thank you.\nWe will call.', language: 'EN' };
const SHOWN = 'webForm { id path title thanks language origins removedAt source { id } }';

let product: Product;
let token: string;
let sources = 0;

beforeAll(async () => {
  product = await startProduct();
  ({ token } = await signInUser(product.database, { role: 'admin' }));
});
afterAll(() => product?.stop());

async function source(): Promise<string> {
  sources += 1;
  const input = { name: `Source ${sources}` };
  return (await manage(product, 'createSource', input, 'source { id }', token)).payload.source.id;
}

const create = (input: object, as = token): Promise<Outcome> =>
  manage(product, 'createWebForm', { ...WORDS, idempotencyKey: randomUUID(), ...input }, SHOWN, as);
const change = (input: object) => manage(product, 'changeWebForm', input, SHOWN, token);
const remove = (webFormId: string) => manage(product, 'removeWebForm', { webFormId }, SHOWN, token);
const open = (path: string, headers = {}) => new FormVisitor(product, path, headers).open();
const ask = async (query: string, as = token) => (await product.graphql(query, {}, as)).data;

describe('a web form', () => {
  it('is made for a source, once for a key, with an address that is not to be guessed', async () => {
    const sourceId = await source();
    const idempotencyKey = randomUUID();
    const { payload } = await create({ sourceId, idempotencyKey });
    expect(payload.webForm).toEqual({
      ...WORDS,
      id: expect.any(String),
      path: expect.stringMatching(/^\/forms\/[\w-]{16}$/),
      origins: [],
      removedAt: null,
      source: { id: sourceId },
    });
    expect((await create({ sourceId, idempotencyKey })).payload.webForm).toEqual(payload.webForm);
    expect((await create({ sourceId })).payload.webForm.path).not.toBe(payload.webForm.path);
    const listed = await ask(`{ source(id: "${sourceId}") { webForms { totalCount nodes { path } } } }`);
    expect(listed.source.webForms).toMatchObject({ totalCount: 2, nodes: [{ path: payload.webForm.path }, {}] });
  });

  it('is refused with all that is wrong, each with its place', async () => {
    const sourceId = await source();
    const origins = [
      'https://example.com',
      'https://example.com/page',
      'javascript:alert(1)',
      'https://x.example; script-src *',
    ];
    expect((await create({ sourceId, title: ' ', thanks: '', origins })).errors).toEqual([
      'BAD_USER_INPUT input.title',
      'BAD_USER_INPUT input.thanks',
      'BAD_USER_INPUT input.origins.1',
      'BAD_USER_INPUT input.origins.2',
      'BAD_USER_INPUT input.origins.3',
    ]);
    expect((await create({ sourceId: 'U291cmNlOjk5OTk5OQ' })).errors).toEqual(['NOT_FOUND input.sourceId']);
    await manage(product, 'removeSource', { sourceId }, 'source { id }', token);
    expect((await create({ sourceId })).errors).toEqual(['STATE_NOT_ALLOWED input.sourceId']);
  });

  it('is changed in what is said, at the same address, and the history tells', async () => {
    const { webForm } = (await create({ sourceId: await source() })).payload;
    const changed = await change({ webFormId: webForm.id, title: 'Напишіть нам', language: 'UK' });
    expect(changed.payload.webForm).toEqual({ ...webForm, title: 'Напишіть нам', language: 'UK' });
    await change({ webFormId: webForm.id, title: 'Напишіть нам' });
    const page = await open(webForm.path);
    expect(page.html).toContain('<html lang="uk">');
    expect(page.text).toContain('Повідомлення');
    const { webForm: read } = await ask(
      `{ webForm(id: "${webForm.id}") { history { nodes { kind subjectVersion changes { field } } } } }`,
    );
    expect(read.history.nodes).toEqual([
      { kind: 'WEB_FORM_CHANGED', subjectVersion: 2, changes: [{ field: 'language' }, { field: 'title' }] },
      { kind: 'WEB_FORM_CREATED', subjectVersion: 1, changes: expect.any(Array) },
    ]);
  });

  it('is shown to nobody once it is removed, or its source, and stays on record', async () => {
    const sourceId = await source();
    const [one, other] = [await create({ sourceId }), await create({ sourceId })].map(({ payload }) => payload.webForm);
    expect((await remove(one.id)).payload.webForm.removedAt).not.toBeNull();
    const gone = await open(one.path, { 'accept-language': 'uk-UA,uk;q=0.9,en;q=0.8' });
    expect(gone).toMatchObject({ status: 404, text: expect.stringContaining('Такої форми немає') });
    expect((await remove(one.id)).errors).toEqual(['STATE_NOT_ALLOWED input.webFormId']);
    expect((await change({ webFormId: one.id, title: 'x' })).errors).toEqual(['STATE_NOT_ALLOWED input.webFormId']);
    const of = (filter: string) => ask(`{ source(id: "${sourceId}") { webForms${filter} { nodes { id } } } }`);
    expect((await of('')).source.webForms.nodes).toEqual([{ id: other.id }]);
    expect((await of('(filter: { removed: true })')).source.webForms.nodes).toEqual([{ id: one.id }]);
    expect((await open(other.path)).status).toBe(200);
    await manage(product, 'removeSource', { sourceId }, 'source { id }', token);
    expect((await open(other.path)).status).toBe(404);
    for (const path of [
      '/forms/%00',
      '/forms/%ZZ',
      `/forms/${'x'.repeat(200)}`,
      `${one.path}/`,
      `${one.path}/a/b`,
      '/forms',
    ]) {
      const nowhere = await open(path, { 'accept-language': 'uk' });
      expect([path, nowhere]).toMatchObject([
        path,
        { status: 404, text: expect.stringContaining('Такої форми немає') },
      ]);
    }
  });

  it('is managed by who manages sources, and seen by who sees the source', async () => {
    const sourceId = await source();
    const { webForm } = (await create({ sourceId })).payload;
    const supervisor = (await signInUser(product.database, { role: 'supervisor' })).token;
    const operator = await signInUser(product.database, { role: 'operator', operator: {} });
    expect((await create({ sourceId }, supervisor)).errors).toEqual(['FORBIDDEN']);
    const seenBy = async (as: string) => (await ask(`{ webForm(id: "${webForm.id}") { id } }`, as)).webForm;
    expect(await seenBy(supervisor)).toEqual({ id: webForm.id });
    expect(await seenBy(operator.token)).toBeNull();
    const operatorId = encodeId('Operator', operator.actor.operatorId!);
    await manage(product, 'setSourceWeight', { sourceId, operatorId, weight: '1' }, 'weight { id }', token);
    expect(await seenBy(operator.token)).toEqual({ id: webForm.id });
  });
});

describe('the tag that puts a form into a page', () => {
  const embedOf = async (webFormId: string, baseUrl: string) =>
    product.graphql(
      'query ($id: ID!, $baseUrl: String!) { webForm(id: $id) { embed(baseUrl: $baseUrl) } }',
      { id: webFormId, baseUrl },
      token,
    );

  it('is an iframe of where the client says that the server is, with the title escaped', async () => {
    const { webForm } = (await create({ sourceId: await source(), title: '"Best" <b>& fast</b>' })).payload;
    const { data } = await embedOf(webForm.id, 'https://crm.example.com/office/');
    expect(data.webForm.embed).toMatch(
      new RegExp(`^<iframe src="https://crm.example.com/office${webForm.path}" title="[^"<>]*" [^<>]*></iframe>$`),
    );
    expect(data.webForm.embed).toContain('title="&quot;Best&quot; &lt;b&gt;&amp; fast&lt;/b&gt;"');
  });

  const long = (length: number) => `https://crm.example.com/${'x'.repeat(length - 'https://crm.example.com/'.length)}`;

  it.each([
    ['no scheme', 'crm.example.com'],
    ['another scheme', 'javascript:alert(1)'],
    ['a password', 'https://a:b@crm.example.com'],
    ['a query', 'https://crm.example.com/?x'],
    ['more than 2,000 characters', long(2_001)],
  ])('is refused for an address with %s', async (_what, baseUrl) => {
    const { webForm } = (await create({ sourceId: await source() })).payload;
    const { errors } = await embedOf(webForm.id, baseUrl);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', path: ['baseUrl'] } }]);
    expect((await embedOf(webForm.id, long(2_000))).errors).toBeUndefined();
  });
});

describe('the page of a form', () => {
  const policyOf = async (path: string) => (await open(path)).headers.get('content-security-policy');

  it('loads nothing and runs nothing, and is kept by nobody', async () => {
    const { webForm } = (await create({ sourceId: await source() })).payload;
    const { headers, html } = await open(webForm.path);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+';/);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('set-cookie')).toBeNull();
    expect(html).not.toMatch(/<script|https?:\/\/|\son\w+=/);
  });

  it('may stand within pages of the sites that are named, and of any where none is', async () => {
    const sourceId = await source();
    const { webForm } = (await create({ sourceId })).payload;
    expect(await policyOf(webForm.path)).toMatch(/; frame-ancestors \*$/);
    const origins = ['https://Example.com', 'https://*.example.org', 'http://localhost:8080', 'https://приклад.укр'];
    const changed = await change({ webFormId: webForm.id, origins });
    const kept = [
      'https://example.com',
      'https://*.example.org',
      'http://localhost:8080',
      'https://xn--80aikifvh.xn--j1amh',
    ];
    expect(changed.payload.webForm.origins).toEqual(kept);
    expect(await policyOf(webForm.path)).toMatch(
      new RegExp(`; frame-ancestors 'self' ${kept.join(' ').replaceAll('*', '\\*')}$`),
    );
    expect((await policyOf(`${webForm.path}/thanks`))!.endsWith(kept.join(' '))).toBe(true);
    await change({ webFormId: webForm.id, origins: [] });
    expect(await policyOf(webForm.path)).toMatch(/; frame-ancestors \*$/);
  });

  it('has no ground of its own where it stands within another', async () => {
    const { webForm } = (await create({ sourceId: await source() })).payload;
    expect((await open(webForm.path, { 'sec-fetch-dest': 'iframe' })).html).toContain('<body class="embedded">');
    expect((await open(webForm.path, { 'sec-fetch-dest': 'document' })).html).toContain('<body>');
  });

  it.each([
    ['RU', 'ru', 'Сообщение', 'Отправить'],
    ['UK', 'uk', 'Повідомлення', 'Надіслати'],
    ['EN', 'en', 'Message', 'Send'],
  ])('speaks the form’s language: %s', async (language, tag, label, button) => {
    const { webForm } = (await create({ sourceId: await source(), language })).payload;
    const { html } = await open(webForm.path);
    expect(html).toContain(`<html lang="${tag}">`);
    expect(html).toContain(`<label for="message">${label}</label>`);
    expect(html).toContain(`<button>${button}</button>`);
    for (const field of ['name', 'phone', 'email', 'message']) {
      expect(html).toMatch(new RegExp(`<label for="${field}">[^<]+</label>\\s*<(input|textarea) id="${field}"`));
    }
  });

  it('shows the words of the form as text, whatever is in them', async () => {
    const title = `<img src=x onerror="alert('1')">&amp;`;
    const { webForm } = (await create({ sourceId: await source(), title, thanks: '</p><script>1</script>' })).payload;
    const [form, thanks] = [await open(webForm.path), await open(`${webForm.path}/thanks`)];
    expect(form.html).not.toContain('<img');
    expect(form.text).toContain(title);
    expect(thanks.html).not.toContain('<script');
    expect(thanks.text).toContain('</p><script>1</script>');
  });
});
