import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { HeldClock } from '../support/held-clock.js';
import { type Product, startProduct } from '../support/product.js';
import { signInUser } from '../support/sign-ins.js';
import { IntakeSender } from './intake-sender.js';
import { manage } from './manage.js';

const SOMEBODY = {
  externalId: 'tg:77',
  phone: '8(900) 111-22-33',
  email: 'Olga@Example.com',
  name: 'Ольга',
  message: 'Здравствуйте!\nПерезвоните, please ☎',
  priority: 3,
  skills: ['english'],
};
const MINUTE_MS = 60_000;

let product: Product;
let token: string;
let sender: IntakeSender;

async function openSource(at: Product, name: string, as: string): Promise<IntakeSender> {
  const { payload } = await manage(at, 'createSource', { name }, 'source { id }', as);
  return IntakeSender.open(at, payload.source.id, as);
}

beforeAll(async () => {
  product = await startProduct({ env: { INTAKE_FAILURES_PER_MINUTE: '100000' } });
  ({ token } = await signInUser(product.database, { role: 'admin' }));
  sender = await openSource(product, 'Telegram', token);
});
afterAll(() => product?.stop());

const count = async () => {
  const [row] = await product.database.rows(sql<{ count: number }>`select count(*)::integer as count from inquiry`);
  return row!.count;
};

describe('an inquiry that is sent, signed by the stock library of Standard Webhooks', () => {
  it('is registered as it was sent', async () => {
    const { status, inquiry } = await sender.send(SOMEBODY);
    expect(status).toBe(201);
    expect(inquiry).toEqual({ id: expect.any(String), status: 'ACTIVE', waiting: true });
    const { data } = await product.graphql(
      `{ inquiry(id: "${inquiry!.id}") { externalId phone email name message priority skills source { name } lead { phone } } }`,
      {},
      token,
    );
    expect(data.inquiry).toEqual({
      ...SOMEBODY,
      phone: '+79001112233',
      email: 'olga@example.com',
      source: { name: 'Telegram' },
      lead: { phone: '+79001112233' },
    });
  });

  it('is registered once, however often it is sent, and later says what became of it', async () => {
    const id = randomUUID();
    const first = await sender.send({ externalId: 'repeated' }, { id });
    const before = await count();
    const again = await sender.send({ externalId: 'repeated', phone: null }, { id });
    expect(again).toEqual({ ...first, status: 200 });
    await manage(
      product,
      'changeInquiryStatus',
      { inquiryId: first.inquiry!.id, status: 'CLOSED' },
      'inquiry { id }',
      token,
    );
    expect((await sender.send({ externalId: 'repeated' }, { id })).inquiry).toEqual({
      id: first.inquiry!.id,
      status: 'CLOSED',
      waiting: false,
    });
    expect(await count()).toBe(before);
  });

  it('is registered once where twenty come at the same time', async () => {
    const before = await count();
    const id = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => sender.send({ externalId: 'at-once' }, { id })));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(19).fill(200), 201]);
    expect(new Set(answers.map(({ inquiry }) => inquiry!.id)).size).toBe(1);
    expect(await count()).toBe(before + 1);
  });

  it('is refused under an id that something else was sent under, but another source has ids of its own', async () => {
    const id = randomUUID();
    expect((await sender.send({ externalId: 'one' }, { id })).status).toBe(201);
    expect(await sender.send({ externalId: 'other' }, { id })).toMatchObject({
      status: 409,
      errors: ['IDEMPOTENCY_MISMATCH webhook-id'],
    });
    const other = await openSource(product, 'WhatsApp', token);
    expect((await other.send({ externalId: 'other' }, { id })).status).toBe(201);
  });

  it('may have several signatures, of which one is good', async () => {
    const [id, at, body] = [randomUUID(), new Date(), JSON.stringify({ externalId: 'several' })];
    const good = new Webhook(sender.secret).sign(id, at, body);
    const bad = new Webhook(`whsec_${randomBytes(32).toString('base64')}`).sign(id, at, body);
    const signed = (signature: string) => sender.send(body, { id, at, headers: { 'webhook-signature': signature } });
    expect((await signed(`v1a,abc ${bad} ${good}`)).status).toBe(201);
    expect((await signed(`${bad} v2,${good.slice(3)}`)).status).toBe(401);
    expect((await signed(`${bad} ${bad}`)).status).toBe(401);
  });
});

describe('what is not signed as it must be is answered with 401, all alike', () => {
  const refused = { status: 401, errors: ['UNAUTHENTICATED'], messages: [expect.stringContaining('not signed')] };
  const body = { externalId: 'never-in' };

  it.each<[string, Parameters<IntakeSender['send']>[1]]>([
    ['without a signature', { headers: { 'webhook-signature': undefined } }],
    ['without an id', { headers: { 'webhook-id': undefined } }],
    ['without a timestamp', { headers: { 'webhook-timestamp': undefined } }],
    ['with another id', { headers: { 'webhook-id': 'another' } }],
    ['with a timestamp that is none', { headers: { 'webhook-timestamp': 'NaN' } }],
    ['with a signature that is no base64', { headers: { 'webhook-signature': 'v1,%%%' } }],
    ['with an empty signature', { headers: { 'webhook-signature': 'v1,' } }],
    ['changed by one byte', { sent: JSON.stringify({ externalId: 'Never-in' }) }],
    ['with the same meaning and other bytes', { sent: JSON.stringify(body, null, 1) }],
    ['of six minutes ago', { at: new Date(Date.now() - 6 * MINUTE_MS) }],
    ['of in six minutes', { at: new Date(Date.now() + 6 * MINUTE_MS) }],
  ])('%s', async (_what, parts) => {
    const before = await count();
    expect(await sender.send(body, parts)).toMatchObject(refused);
    expect(await count()).toBe(before);
  });

  it.each([
    ['unknown', encodeId('Source', '999999')],
    ['of another kind', encodeId('Inquiry', '1')],
    ['no id', 'nonsense'],
    ['with odd characters', '%00%27%F0%9F%A6%84'],
  ])('for a source that is %s', async (_what, id) => {
    const elsewhere = new IntakeSender(product, `/intake/${id}`, sender.secret);
    expect(await elsewhere.send(body)).toMatchObject(refused);
  });

  it('for the source of another’s secret', async () => {
    const other = await openSource(product, 'Viber', token);
    const crossed = new IntakeSender(product, other.path, sender.secret);
    expect(await crossed.send(body)).toMatchObject(refused);
  });

  it('but four minutes of difference between clocks are none', async () => {
    const at = (minutes: number) => ({ at: new Date(Date.now() + minutes * MINUTE_MS) });
    expect((await sender.send({ externalId: 'slow' }, at(-4))).status).toBe(201);
    expect((await sender.send({ externalId: 'fast' }, at(4))).status).toBe(201);
  });
});

describe('what is signed and wrong is answered with 400, with the paths', () => {
  it.each<[string, unknown, string[]]>([
    ['nobody', {}, ['BAD_USER_INPUT externalId']],
    ['unknown fields', { externalId: 'a', Phone: '1', source: 'b' }, ['BAD_USER_INPUT Phone', 'BAD_USER_INPUT source']],
    ['a field of objects', '{"externalId":"a","__proto__":{}}', ['BAD_USER_INPUT __proto__']],
    ['a phone that is none', { phone: '12' }, ['BAD_USER_INPUT phone']],
    [
      'several faults',
      { phone: 'x', email: 'y', priority: 0.5 },
      ['BAD_USER_INPUT phone', 'BAD_USER_INPUT email', 'BAD_USER_INPUT priority'],
    ],
    ['a number for a text', { externalId: 5 }, ['BAD_USER_INPUT externalId']],
    ['a text for a list', { externalId: 'a', skills: 'english' }, ['BAD_USER_INPUT skills']],
    ['a skill that is none', { externalId: 'a', skills: ['x', null] }, ['BAD_USER_INPUT skills.1']],
    ['a null character', { externalId: 'a\u0000' }, ['BAD_USER_INPUT externalId']],
    ['half of a surrogate pair', '{"externalId":"a","message":"\\ud800"}', ['BAD_USER_INPUT message']],
    ['a list', [], ['BAD_USER_INPUT']],
    ['a text', '"a"', ['BAD_USER_INPUT']],
    ['null', 'null', ['BAD_USER_INPUT']],
    ['no JSON', '{"externalId":', ['BAD_USER_INPUT']],
    [
      'very deep JSON',
      `{"externalId":"a","skills":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
      ['BAD_USER_INPUT skills.0'],
    ],
  ])('%s', async (_what, body, errors) => {
    expect(await sender.send(body)).toMatchObject({ status: 400, errors });
  });

  it('of very many faults the first ones, and of a list that is too long that it is', async () => {
    const many = Array.from({ length: 30_000 }, () => 1);
    expect((await sender.send({ externalId: 'a', skills: many })).errors).toHaveLength(50);
    const texts = many.map(() => '');
    expect((await sender.send({ externalId: 'a', skills: texts })).errors).toEqual(['BAD_USER_INPUT skills']);
  });

  it('and after it is mended, the same id is free', async () => {
    const id = randomUUID();
    expect((await sender.send({ phone: '12' }, { id })).status).toBe(400);
    expect((await sender.send({ phone: '+380501234567' }, { id })).status).toBe(201);
  });

  it('an id that cannot be kept', async () => {
    const answer = await sender.send({ externalId: 'a' }, { id: 'x'.repeat(201) });
    expect(answer).toMatchObject({ status: 400, errors: ['BAD_USER_INPUT webhook-id'] });
  });

  it('an id that is not of ASCII', async () => {
    const answer = await sender.send({ externalId: 'a' }, { id: 'é' });
    expect(answer).toMatchObject({ status: 400, errors: ['BAD_USER_INPUT webhook-id'] });
  });

  it('bytes that are no UTF-8, which are signed as they are', async () => {
    const bytes = Buffer.concat([Buffer.from('{"externalId":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    const [id, at] = [randomUUID(), new Date()];
    const { createHmac } = await import('node:crypto');
    const digest = createHmac('sha256', Buffer.from(sender.secret.slice('whsec_'.length), 'base64'))
      .update(`${id}.${Math.floor(at.getTime() / 1000)}.`)
      .update(bytes)
      .digest('base64');
    const answer = await sender.send('', { id, at, sent: bytes, headers: { 'webhook-signature': `v1,${digest}` } });
    expect(answer).toMatchObject({
      status: 400,
      errors: ['BAD_USER_INPUT'],
      messages: [expect.stringContaining('UTF-8')],
    });
  });
});

describe('what asks for skills that none of very many who wait ask for', () => {
  it('is answered with 422, which asks for no repeat, and its id is free again', async () => {
    const { payload } = await manage(product, 'createSource', { name: 'Crowded' }, 'source { id }', token);
    const crowded = await IntakeSender.open(product, payload.source.id, token);
    for (let n = 0; n < 100; n += 1) {
      expect((await crowded.send({ externalId: `crowd-${n}`, skills: [`skill-${n}`] })).status).toBe(201);
    }
    const id = randomUUID();
    const before = await count();
    const refused = await crowded.send({ externalId: 'one-more', skills: ['another'] }, { id });
    expect(refused).toMatchObject({ status: 422, errors: ['LIMIT_EXCEEDED skills'], retryAfter: null });
    expect(await count()).toBe(before);
    expect((await crowded.send({ externalId: 'one-more', skills: ['skill-7'] }, { id })).status).toBe(201);
  });
});

describe('what cannot be read at all', () => {
  it('is refused for its size, whoever sends it, and the largest that can be is not', async () => {
    const answer = await sender.send({ externalId: 'a', message: 'x'.repeat(200_000) });
    expect(answer).toMatchObject({ status: 413, errors: ['LIMIT_EXCEEDED'] });
    const escaped = JSON.stringify({ externalId: 'large', message: 'ж'.repeat(10_000) }).replace(/ж/g, () => '\\u0436');
    expect(escaped.length).toBeGreaterThan(60_000);
    expect((await sender.send(escaped)).status).toBe(201);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'is refused as %s',
    async (type) => {
      const answer = await sender.send({ externalId: 'a' }, { headers: { 'content-type': type } });
      expect(answer).toMatchObject({ status: 415, errors: ['BAD_USER_INPUT'] });
    },
  );

  it('is refused with no body, and with no type', async () => {
    const empty = await fetch(`${product.url}${sender.path}`, { method: 'POST' });
    expect(empty.status).toBe(415);
    const typed = await sender.send('', { headers: { 'content-type': 'application/json; charset=utf-8' } });
    expect(typed).toMatchObject({ status: 400, errors: ['BAD_USER_INPUT'] });
  });

  it('leaves the graph as it was: it takes JSON, and forms of no kind', async () => {
    const response = await fetch(`${product.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'query={__typename}',
    });
    expect(response.status).toBe(415);
    expect((await product.graphql('{ __typename }')).data).toEqual({ __typename: 'Query' });
  });
});

describe('a failure on our side', () => {
  it('is told without words of the inside, and the same request succeeds after it', async () => {
    const [id, body] = [randomUUID(), { externalId: 'unlucky' }];
    await product.database.rows(sql`alter function distribution.take_in rename to take_in_elsewhere`);
    const answer = await sender.send(body, { id });
    await product.database.rows(sql`alter function distribution.take_in_elsewhere rename to take_in`);
    expect(answer).toMatchObject({ status: 500, errors: ['INTERNAL'] });
    expect(answer.messages.join()).not.toMatch(/take_in|function|sql/i);
    expect((await sender.send(body, { id })).status).toBe(201);
  });
});

describe('what comes too often', () => {
  const clock = new HeldClock();
  let limited: Product;
  let admin: string;

  beforeAll(async () => {
    limited = await startProduct({
      env: { INTAKE_PER_MINUTE: '6', INTAKE_FAILURES_PER_MINUTE: '3', TRUST_PROXY: '1' },
      clock,
    });
    ({ token: admin } = await signInUser(limited.database, { role: 'admin' }));
  });
  afterAll(() => limited?.stop());

  it('is refused for a while, for each source by itself', async () => {
    const [one, other] = [await openSource(limited, 'One', admin), await openSource(limited, 'Other', admin)];
    const statuses: number[] = [];
    for (let n = 0; n < 6; n += 1) statuses.push((await one.send({ externalId: `a${n}` })).status);
    expect(statuses).toEqual(Array(6).fill(201));
    const full = await one.send({ externalId: 'a6' });
    expect(full).toMatchObject({ status: 429, errors: ['RATE_LIMITED'] });
    expect(Number(full.retryAfter)).toBeGreaterThan(0);
    expect(Number(full.retryAfter)).toBeLessThanOrEqual(10);
    expect((await other.send({ externalId: 'b' })).status).toBe(201);
    clock.advance(11_000);
    expect((await one.send({ externalId: 'a6' })).status).toBe(201);
  });

  it('is refused from an address that had wrong signatures, but for what is signed as it should be', async () => {
    const good = await openSource(limited, 'Good', admin);
    const bad = new IntakeSender(limited, good.path, `whsec_${randomBytes(32).toString('base64')}`);
    const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
    const tries = [1, 2, 3].map(() => bad.send({ externalId: 'x' }, from('192.0.2.1')));
    expect((await Promise.all(tries)).map(({ status }) => status)).toEqual([401, 401, 401]);
    const nowhere = new IntakeSender(limited, '/intake/nonsense', bad.secret);
    for (const refused of [await bad.send({}, from('192.0.2.1')), await nowhere.send({}, from('192.0.2.1'))]) {
      expect(refused).toMatchObject({ status: 429, errors: ['RATE_LIMITED'] });
      expect(Number(refused.retryAfter)).toBeGreaterThan(0);
    }
    expect((await good.send({ externalId: 'x' }, from('192.0.2.1'))).status).toBe(201);
    expect((await bad.send({}, from('192.0.2.2'))).status).toBe(401);
    clock.advance(MINUTE_MS);
    expect((await bad.send({}, from('192.0.2.1'))).status).toBe(401);
  });
});
