import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { systemDraws } from '../../src/services/distribution/draws.js';
import { registerFormEntry } from '../../src/services/distribution/register-form-entry.js';
import { webFormActor } from '../../src/services/shared/access/actor.js';
import { decodeId } from '../../src/services/shared/ids/global-id.js';
import { HeldClock } from '../support/held-clock.js';
import { type Product, startProduct } from '../support/product.js';
import { signInUser } from '../support/sign-ins.js';
import { FormVisitor, faultsOf, fieldOf, noticeOf, type Page } from './form-visitor.js';
import { manage, untilSomebodyWaits } from './manage.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const OLGA = { name: 'Ольга', phone: '8(900) 111-22-33', email: '', message: 'Здравствуйте!\nПерезвоните.' };

const clock = new HeldClock();
let product: Product;
let forms = 0;

beforeAll(async () => {
  product = await startProduct({ env: { FORM_ENTRIES_PER_ADDRESS: '100000' }, clock });
});
afterAll(() => product?.stop());

interface Made {
  readonly visitor: FormVisitor;
  readonly path: string;
  readonly id: string;
  readonly sourceId: string;
}

async function makeForm(language = 'EN', at = product): Promise<Made> {
  forms += 1;
  const { token } = await signInUser(at.database, { role: 'admin' });
  const { source } = (await manage(at, 'createSource', { name: `Site ${forms}` }, 'source { id }', token)).payload;
  const input = { sourceId: source.id, title: 'Ask', thanks: 'Thank you!', language, idempotencyKey: randomUUID() };
  const { webForm } = (await manage(at, 'createWebForm', input, 'webForm { id path }', token)).payload;
  return { visitor: new FormVisitor(at, webForm.path), ...webForm, sourceId: source.id };
}

/** Opens a form and takes the time that people take. */
async function opened(visitor: FormVisitor): Promise<Page> {
  const page = await visitor.open();
  clock.advance(3_000);
  return page;
}

const entries = ({ sourceId }: Made, at = product) =>
  at.database.rows(sql<Record<string, unknown>>`
    select name, phone, email, message from inquiry where source_id = ${decodeId(sourceId)!.key} order by id`);
const counted = async (outcome: string) => {
  const metrics = await (await fetch(`${product.url}/metrics`)).text();
  return Number(new RegExp(`^switchboard_form_entries_total\\{outcome="${outcome}"\\} (\\d+)$`, 'm').exec(metrics)![1]);
};
const isThanks = ({ status, headers }: Page) => status === 303 && headers.get('location')!.endsWith('/thanks');

describe('somebody who fills in a form', () => {
  it('sends it, is thanked, and an inquiry of the source is there', async () => {
    const form = await makeForm();
    const sent = await form.visitor.send(await opened(form.visitor), OLGA);
    expect(isThanks(sent)).toBe(true);
    const thanks = await form.visitor.follow(sent);
    expect(thanks).toMatchObject({ status: 200, text: expect.stringContaining('Thank you!') });
    const again = /href="([^"]+)"[^>]*>Send another message/.exec(thanks.html)![1]!;
    expect(new URL(again, `http://x${form.path}/thanks`).pathname).toBe(form.path);
    expect(await entries(form)).toEqual([{ ...OLGA, phone: '+79001112233', email: null }]);
  });

  it('is shown what is wrong beside each field, keeps what was typed, and sends it when it is mended', async () => {
    const form = await makeForm('UK');
    const typed = { name: 'Ж'.repeat(201), phone: '12', email: 'nobody@', message: 'a\nb' };
    const wrong = await form.visitor.send(await opened(form.visitor), typed);
    expect(wrong.status).toBe(422);
    expect(noticeOf(wrong)).toContain('Виправте');
    expect(faultsOf(wrong)).toEqual({
      name: expect.stringContaining('Задовго'),
      phone: expect.stringContaining('номер телефону'),
      email: expect.stringContaining('ел. пошти'),
    });
    expect(wrong.html).toContain('<title>Помилка: Ask</title>');
    expect(wrong.html).toMatch(/id="name"[^>]* aria-invalid="true" aria-describedby="name-fault" autofocus/);
    for (const [name, value] of Object.entries(typed)) expect(fieldOf(wrong, name)).toBe(value);
    expect(await entries(form)).toEqual([]);
    const mended = await form.visitor.send(wrong, { name: 'Жанна', phone: '050 123 45 67', email: 'z@example.com' });
    expect(isThanks(mended)).toBe(true);
    expect(await entries(form)).toEqual([
      { name: 'Жанна', phone: '+380501234567', email: 'z@example.com', message: 'a\nb' },
    ]);
  });

  it('must say how to be reached, and needs no more', async () => {
    const form = await makeForm('RU');
    const nothing = await form.visitor.send(await opened(form.visitor), { message: 'Hi', phone: ' ' });
    expect(faultsOf(nothing)).toEqual({ phone: expect.stringContaining('телефон или эл. почту') });
    expect(isThanks(await form.visitor.send(nothing, { email: 'a@example.com', message: '' }))).toBe(true);
    expect(await entries(form)).toEqual([{ name: null, phone: null, email: 'a@example.com', message: '' }]);
  });

  it('may write as much as the field takes, whatever lines end with, and no more', async () => {
    const form = await makeForm();
    const message = `${'ж\n'.repeat(2_499)}ж!`;
    const page = await opened(form.visitor);
    const long = await form.visitor.send(page, { ...OLGA, message: `${message}?` });
    expect(faultsOf(long)).toEqual({ message: expect.stringContaining('too long') });
    expect(isThanks(await form.visitor.send(page, { ...OLGA, message }))).toBe(true);
    expect(await entries(form)).toMatchObject([{ message }]);
  });

  it('has it once, however often the button is pressed', async () => {
    const form = await makeForm();
    const page = await opened(form.visitor);
    const pressed = await Promise.all(Array.from({ length: 8 }, () => form.visitor.send(page, OLGA)));
    expect(pressed.map(isThanks)).toEqual(Array(8).fill(true));
    expect(await entries(form)).toHaveLength(1);
  });

  it('is asked whether to send something else from a page that was sent', async () => {
    const form = await makeForm();
    const page = await opened(form.visitor);
    await form.visitor.send(page, OLGA);
    const other = await form.visitor.send(page, { ...OLGA, message: 'And one thing more' });
    expect(other.status).toBe(409);
    expect(noticeOf(other)).toContain('was sent from this page before');
    expect(fieldOf(other, 'message')).toBe('And one thing more');
    clock.advance(3_000);
    expect(isThanks(await form.visitor.send(other, {}))).toBe(true);
    expect(await entries(form)).toHaveLength(2);
  });

  it('is on record as the form, from their address', async () => {
    const form = await makeForm();
    await form.visitor.send(await opened(form.visitor), OLGA);
    const { token } = await signInUser(product.database, { role: 'admin' });
    const { data } = await product.graphql(
      'query ($id: ID!) { source(id: $id) { inquiries { nodes { history { nodes { actor { kind name } client { address } } } } } } }',
      { id: form.sourceId },
      token,
    );
    expect(data.source.inquiries.nodes[0].history.nodes).toEqual([
      { actor: { kind: 'SOURCE', name: 'Ask' }, client: { address: '127.0.0.1' } },
    ]);
  });

  it('can do no harm by what is typed', async () => {
    const form = await makeForm();
    const page = await opened(form.visitor);
    const evil = `"><script>alert(1)</script></textarea><img src=x onerror='alert(2)'>&lt;`;
    const shown = await form.visitor.send(page, { name: evil, phone: evil, email: evil, message: evil });
    expect(shown.status).toBe(422);
    expect(shown.html).not.toMatch(/<script|<img/);
    for (const field of ['name', 'phone', 'email', 'message'])
      expect(fieldOf(shown, field)).toContain(evil.slice(0, 40));
    const controls = await form.visitor.post(`phone=89001112233&name=a%00b&token=${fieldOf(page, 'token')}`);
    expect(faultsOf(controls)).toEqual({ name: expect.stringContaining('cannot be stored') });
    expect(isThanks(await form.visitor.send(page, { ...OLGA, name: evil, message: evil }))).toBe(true);
    expect(await entries(form)).toMatchObject([{ name: evil, message: evil }]);
  });
});

describe('robots', () => {
  it('that fill in every field are thanked, counted, and not heard', async () => {
    const form = await makeForm();
    const before = await counted('robot');
    const sent = await form.visitor.send(await opened(form.visitor), { ...OLGA, topic: 'https://spam.example' });
    expect(isThanks(sent)).toBe(true);
    expect(await counted('robot')).toBe(before + 1);
    expect(await entries(form)).toEqual([]);
    // The field is not in the way of people.
    expect((await form.visitor.open()).html).toMatch(
      /<div class="trap" aria-hidden="true">.*tabindex="-1" autocomplete="off"/,
    );
  });

  it('that are faster than people are asked to send it again, with the same page', async () => {
    const form = await makeForm();
    const page = await form.visitor.open();
    const fast = await form.visitor.send(page, OLGA);
    expect(fast.status).toBe(422);
    expect(noticeOf(fast)).toContain('fast');
    expect(fieldOf(fast, 'message')).toBe(OLGA.message);
    expect(fieldOf(fast, 'token')).toBe(fieldOf(page, 'token'));
    expect(await entries(form)).toEqual([]);
    clock.advance(2_000);
    expect(isThanks(await form.visitor.send(fast, {}))).toBe(true);
    expect(await entries(form)).toHaveLength(1);
  });

  it('that come with no page, one of another form, one that they made, or one of yesterday are asked too', async () => {
    const [form, other] = [await makeForm(), await makeForm()];
    const page = await opened(form.visitor);
    const token = fieldOf(page, 'token')!;
    const [time, ...rest] = token.split('.');
    const made = [(Number.parseInt(time!, 36) - 5_000).toString(36), ...rest].join('.');
    const foreign = fieldOf(await opened(other.visitor), 'token')!;
    for (const wrong of ['', 'x', made, foreign, `${token}x`, 'y'.repeat(5_000)]) {
      const asked = await form.visitor.send(page, { ...OLGA, token: wrong });
      expect(asked.status).toBe(422);
      expect(noticeOf(asked)).toContain('too long ago');
    }
    clock.advance(DAY_MS);
    const old = await form.visitor.send(page, OLGA);
    expect(noticeOf(old)).toContain('too long ago');
    expect(await entries(form)).toEqual([]);
    clock.advance(3_000);
    expect(isThanks(await form.visitor.send(old, {}))).toBe(true);
  });
});

describe('what is no entry of a form', () => {
  it('is answered in words, also where it is too large or of another type', async () => {
    const { visitor } = await makeForm('UK');
    const large = await visitor.post(`message=${'x'.repeat(200_000)}`);
    expect(large).toMatchObject({ status: 413, text: expect.stringContaining('не удалось прочесть') });
    const json = await visitor.post('{}', 'application/json');
    expect(json).toMatchObject({ status: 415, text: expect.stringContaining('не удалось прочесть') });
    expect((await visitor.post('')).status).toBe(422);
    expect((await visitor.post('%E0%A4%A=%&&=')).status).toBe(422);
  });

  it('is not taken in by a form that was removed after it was opened, nor by one of a removed source', async () => {
    const { token } = await signInUser(product.database, { role: 'admin' });
    const [form, other] = [await makeForm(), await makeForm()];
    const pages = [await opened(form.visitor), await opened(other.visitor)];
    await manage(product, 'removeWebForm', { webFormId: form.id }, 'webForm { id }', token);
    await manage(product, 'removeSource', { sourceId: other.sourceId }, 'source { id }', token);
    expect((await form.visitor.send(pages[0]!, OLGA)).status).toBe(404);
    expect((await other.visitor.send(pages[1]!, OLGA)).status).toBe(404);
    expect((await form.visitor.open('/thanks')).status).toBe(404);
  });

  it('is not taken in that was sent before the form was removed, and is only registered after it', async () => {
    const { token } = await signInUser(product.database, { role: 'admin' });
    const made = await makeForm();
    const [id, sourceId] = [decodeId(made.id)!.key, decodeId(made.sourceId)!.key];
    const entry = { name: null, phone: '+79001112233', email: null, message: '' };
    const register = (key: string, meanwhile = async () => {}) =>
      product.database.transact(webFormActor(id), async (work) => {
        await registerFormEntry(work, { id, sourceId }, { entry, key }, systemDraws);
        await meanwhile();
      });
    // Whoever removes it waits for what is being registered; what comes later is not.
    let removing: ReturnType<typeof manage> | undefined;
    await register('in time', async () => {
      removing = manage(product, 'removeWebForm', { webFormId: made.id }, 'webForm { id }', token);
      await untilSomebodyWaits(product);
    });
    expect((await removing!).errors).toEqual([]);
    await expect(register('too late')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await entries(made)).toHaveLength(1);
  });

  it('keeps what was typed when something fails on our side, and says nothing of the inside', async () => {
    const form = await makeForm();
    const page = await opened(form.visitor);
    await product.database.rows(sql`alter function distribution.take_in rename to take_in_elsewhere`);
    const failed = await form.visitor.send(page, OLGA);
    await product.database.rows(sql`alter function distribution.take_in_elsewhere rename to take_in`);
    expect(failed.status).toBe(500);
    expect(failed.html).not.toMatch(/take_in|function/);
    expect(fieldOf(failed, 'message')).toBe(OLGA.message);
    expect(fieldOf(failed, 'token')).toBe(fieldOf(page, 'token'));
    expect(isThanks(await form.visitor.send(failed, {}))).toBe(true);
    expect(await entries(form)).toHaveLength(1);
  });
});

describe('what comes too often', () => {
  let limited: Product;

  beforeAll(async () => {
    const env = { FORM_ENTRIES_PER_MINUTE: '4', FORM_ENTRIES_PER_ADDRESS: '3', TRUST_PROXY: '1' };
    limited = await startProduct({ env, clock });
  });
  afterAll(() => limited?.stop());

  const from = ({ path }: Made, address: string) => new FormVisitor(limited, path, { 'x-forwarded-for': address });
  /** Sends so many entries, each from a page of its own. */
  async function sendMany(visitor: FormVisitor, count: number): Promise<Page[]> {
    const pages = await Promise.all(Array.from({ length: count }, () => visitor.open()));
    clock.advance(2_000);
    const sent: Page[] = [];
    for (const page of pages) sent.push(await visitor.send(page, OLGA));
    return sent;
  }

  it('from one address is asked to wait, with what was typed kept, and other addresses are not', async () => {
    const form = await makeForm('EN', limited);
    const sent = await sendMany(from(form, '192.0.2.1'), 4);
    expect(sent.map(({ status }) => status)).toEqual([303, 303, 303, 429]);
    const refused = sent[3]!;
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(noticeOf(refused)).toContain('too many messages');
    expect(fieldOf(refused, 'message')).toBe(OLGA.message);
    expect((await sendMany(from(form, '192.0.2.2'), 1)).map(isThanks)).toEqual([true]);
    clock.advance(60_000);
    expect(isThanks(await from(form, '192.0.2.1').send(refused, {}))).toBe(true);
  });

  it('to one form is asked to wait, wherever it comes from, and other forms are not', async () => {
    const [form, other] = [await makeForm('EN', limited), await makeForm('EN', limited)];
    const statuses: number[] = [];
    for (let n = 1; n <= 5; n += 1) {
      const page = await from(form, `198.51.100.${n}`).open();
      clock.advance(2_000);
      statuses.push((await from(form, `198.51.100.${n}`).send(page, OLGA)).status);
    }
    expect(statuses).toEqual([303, 303, 303, 303, 429]);
    expect((await sendMany(from(other, '198.51.100.9'), 1)).map(isThanks)).toEqual([true]);
    expect(await entries(form, limited)).toHaveLength(4);
  });
});
