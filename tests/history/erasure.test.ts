import { sql } from 'kysely';
import { changeKindOf } from '../../src/entities/history/change-kind.enum.js';
import { systemDraws } from '../../src/services/distribution/draws.js';
import { registerFormEntry } from '../../src/services/distribution/register-form-entry.js';
import { hashPassword } from '../../src/services/identity/passwords.js';
import { systemActor, webFormActor } from '../../src/services/shared/access/actor.js';
import { decodeId, encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors, createCustomerLogin } from '../support/sign-ins.js';
import { msisdnOf, publishTestTariff, subscriberOf } from '../support/subscribers.js';
import { ask, change } from './ask.js';

const PASSWORD = 'right horse battery';

let product: Product;
let actors: Actors;
let customerId: string;
let customerKey: string;

beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
  const tariffId = await publishTestTariff(product.database);
  const shown = 'contract { customer { id } }';
  const { contract } = await change(
    product,
    'registerSubscriber',
    subscriberOf(1, tariffId, { deposit: '10' }),
    shown,
    actors.operator.token,
  );
  customerId = contract.customer.id;
  customerKey = (
    await product.database.rows(
      sql<{ id: string }>`select subject_id as id from change_record where kind = 'CUSTOMER_REGISTERED'`,
    )
  )[0]!.id;
  const email = 'erased@test.example';
  await createCustomerLogin(product.database, {
    customerId: customerKey,
    email,
    passwordHash: await hashPassword(PASSWORD),
  });
  await change(product, 'signIn', { email, password: PASSWORD }, 'session { accessToken }');
});
afterAll(() => product?.stop());

const erase = (subjectId: string) =>
  change(product, 'eraseHistory', { subjectId }, 'erasedRecords', actors.admin.token);
const records = () =>
  product.database.rows(sql<Record<string, unknown>>`
    select kind, actor, recorded_at, before, after, client_address as address, client_name as name, erased_at
    from change_record where subject_kind = 'Customer' and subject_id = ${customerKey} order by id`);

describe('erasing the history of somebody', () => {
  it('empties its contents and their own client; who, what and when stay, and that it was erased', async () => {
    const before = await records();
    expect(before.map(({ kind }) => kind)).toEqual(['CUSTOMER_REGISTERED', 'CUSTOMER_SIGNED_IN']);
    expect(before[1]!.address).toContain('127.0.0.1');
    // Theirs are the contract, the SIM and the payment as well.
    expect((await erase(customerId)).erasedRecords).toBe(5);
    const [registered, signedIn, erased, ...more] = await records();
    expect(more).toEqual([]);
    expect(registered).toEqual({ ...before[0], before: null, after: null, erased_at: expect.anything() });
    expect(signedIn).toEqual({
      ...before[1],
      address: null,
      name: null,
      before: null,
      after: null,
      erased_at: expect.anything(),
    });
    expect(erased).toMatchObject({
      kind: 'HISTORY_ERASED',
      actor: actors.admin.actor.key,
      after: { records: 5 },
      erased_at: null,
    });
    const everything = await product.database.rows(sql<{ text: string }>`
      select to_jsonb(c)::text as text from change_record c
      union all select to_jsonb(e)::text from feed.event e union all select to_jsonb(d)::text from webhook_delivery d`);
    const text = everything.map((row) => row.text).join();
    expect(text).not.toMatch(/Петров|subscriber1@/);
    expect(text).not.toContain(msisdnOf(1).slice(1));
  });

  it('shows in the graph as erased, with no fields', async () => {
    const document = 'query ($id: ID!) { customer(id: $id) { history { nodes { kind erasedAt changes { field } } } } }';
    const { customer } = await ask(product, document, { id: customerId }, actors.admin.token);
    expect(customer.history.nodes.at(-1)).toEqual({
      kind: 'CUSTOMER_REGISTERED',
      erasedAt: expect.any(String),
      changes: [],
    });
  });

  it('again erases only what has come since', async () => {
    expect((await erase(customerId)).erasedRecords).toBe(0);
    expect(await records()).toHaveLength(3);
    await product.database.transact(systemActor('test'), (work) =>
      work.record([
        {
          kind: 'customer.changed',
          subject: { kind: 'Customer', id: customerKey },
          change: { before: { name: 'A' }, after: { name: 'B' } },
        },
      ]),
    );
    expect((await erase(customerId)).erasedRecords).toBe(1);
    expect((await records()).map(({ kind }) => kind).slice(3)).toEqual(['CUSTOMER_CHANGED', 'HISTORY_ERASED']);
  });

  it('leaves the history of everything else as it is, also of a SIM that somebody else had before', async () => {
    const { database } = product;
    const [sim] = await database.rows(sql<{ id: string }>`select id from sim`);
    const { customerId: other } = await createCustomerLogin(database);
    const recorded = (subject: { kind: string; id: string }, kind: string) =>
      database.transact(systemActor('test'), (work) =>
        work.record([{ kind, subject, change: { before: null, after: { status: 'x' } } }]),
      );
    await database.rows(sql`update sim_binding set bound_from = now() - interval '1 hour', bound_until = now()`);
    await database.rows(sql`
      with c as (insert into contract (number, customer_id, msisdn, sim_id, tariff_id, status)
        select 'OTHER', ${other}, '+79990009999', sim_id, tariff_id, 'CLOSED' from contract returning id, sim_id)
      insert into sim_binding (sim_id, contract_id, bound_from) select sim_id, id, now() from c`);
    await recorded({ kind: 'Sim', id: sim!.id }, 'sim.changed');
    await recorded({ kind: 'Customer', id: other }, 'customer.changed');
    await erase(customerId);
    const kept = await database.rows(sql<{ kind: string }>`
      select kind from change_record where erased_at is null and kind <> 'HISTORY_ERASED' order by id`);
    expect(kept.map(({ kind }) => kind)).toEqual(['TARIFF_PUBLISHED', 'SIM_CHANGED', 'CUSTOMER_CHANGED']);
    // Once it is the other's turn, what was recorded with them goes, too.
    expect((await erase(encodeId('Customer', other))).erasedRecords).toBe(2);
  });

  it('empties the clients of all that somebody did, also where the contents are gone', async () => {
    const clients = async () =>
      (
        await product.database.rows(sql<{ clients: number }>`
          select count(client_address)::integer as clients from change_record
          where user_id = ${actors.operator.actor.userId}`)
      )[0]!.clients;
    expect(await clients()).toBe(4);
    const others = sql<{ n: number }>`select count(client_address)::integer as n from change_record
      where user_id <> ${actors.operator.actor.userId}`;
    const [before] = await product.database.rows(others);
    expect((await erase(encodeId('User', actors.operator.actor.userId))).erasedRecords).toBe(4);
    expect(await clients()).toBe(0);
    // That it was erased is one more.
    expect((await product.database.rows(others))[0]!.n).toBe(before!.n + 1);
    expect((await erase(encodeId('User', actors.operator.actor.userId))).erasedRecords).toBe(0);
  });

  it('goes through a long history in several transactions', async () => {
    const { database } = product;
    const { customerId: busy } = await createCustomerLogin(database);
    await database.rows(sql`
      insert into change_record (kind, subject_kind, subject_id, actor, customer_id, client_address, after)
      select 'CUSTOMER_CHANGED', 'Customer', case when n % 2 = 0 then ${busy}::bigint else 0 end,
        'customer:' || ${busy}::text, ${busy}, '192.0.2.1', '{"name": "N"}' from generate_series(1, 2500) n`);
    const { erasedRecords } = await erase(encodeId('Customer', busy));
    const left = await database.rows(sql<{ n: number }>`
      select count(*)::integer as n from change_record where customer_id = ${busy} and
        (client_address is not null or subject_id = ${busy} and after is not null)`);
    expect(left).toEqual([{ n: 0 }]);
    const steps = await database.rows(sql<{ records: number }>`
      select (after->>'records')::integer as records from change_record
      where kind = 'HISTORY_ERASED' and subject_id = ${busy} order by id`);
    expect(steps.length).toBeGreaterThan(2);
    expect(steps.every(({ records }) => records <= 1000)).toBe(true);
    expect(steps.reduce((sum, { records }) => sum + records, 0)).toBe(erasedRecords);
  });

  it.each([
    ['junk', 'BAD_USER_INPUT'],
    ['', 'BAD_USER_INPUT'],
    [encodeId('Customer', '999999'), 'NOT_FOUND'],
    [encodeId('Nothing', '1'), 'NOT_FOUND'],
  ])('is refused for %s', async (subjectId, code) => {
    const document =
      'mutation ($input: EraseHistoryInput!) { eraseHistory(input: $input) { erasedRecords errors { code path } } }';
    const { eraseHistory } = await ask(product, document, { input: { subjectId } }, actors.admin.token);
    expect(eraseHistory).toEqual({ erasedRecords: null, errors: [{ code, path: ['input', 'subjectId'] }] });
  });
});

describe('erasing the history of a lead', () => {
  const CLIENT = { address: '192.0.2.77', agent: 'A phone', name: null, version: null };
  let source: string;
  let entries = 0;

  beforeAll(async () => {
    const made = await change(product, 'createSource', { name: 'Site' }, 'source { id }', actors.admin.token);
    source = made.source.id;
    const form = { sourceId: source, title: 'Ask', thanks: 'Thanks', language: 'EN', idempotencyKey: 'form' };
    await change(product, 'createWebForm', form, 'webForm { id }', actors.admin.token);
  });

  /** Somebody writes through the form; the global id of their lead. */
  async function write(entry: { readonly name?: string; readonly phone?: string; readonly email?: string }) {
    const { database } = product;
    entries += 1;
    const [form] = await database.rows(sql<{ id: string }>`select id from web_form`);
    const whole = { name: null, phone: null, email: null, message: 'Call me', ...entry };
    const parts = { entry: whole, key: `entry ${entries}` };
    const ofForm = { id: form!.id, sourceId: decodeId(source)!.key };
    await database.transact(
      webFormActor(form!.id),
      (work) => registerFormEntry(work, ofForm, parts, systemDraws),
      CLIENT,
    );
    const [inquiry] = await database.rows(sql<{ lead: string }>`
      select lead_id as lead from inquiry order by id desc limit 1`);
    return encodeId('Lead', inquiry!.lead);
  }

  const left = async (words: RegExp) => {
    const rows = await product.database.rows(sql<{ kind: string; text: string }>`
      select kind, to_jsonb(c)::text as text from change_record c order by id`);
    return rows.filter(({ text }) => words.test(text)).map(({ kind }) => kind);
  };

  it('empties that of the leads merged into it, of their inquiries and duplicates, and from where they wrote', async () => {
    const merged = await write({ name: 'Ольга Мережко', phone: '+79005550001' });
    const kept = await write({ email: 'olga@private.example' });
    await write({ phone: '+79005550001', email: 'olga@private.example' });
    await write({ name: 'Ольга Мережко', email: 'olga@private.example' });
    await change(product, 'mergeLeads', { keptId: kept, mergedId: merged }, 'lead { id }', actors.admin.token);
    const other = await write({ name: 'Somebody Else', phone: '+79005550002' });
    const theirs = /Мережко|\+79005550001|olga@private/;
    expect(new Set(await left(theirs))).toEqual(new Set(['LEAD_REGISTERED', 'LEAD_CHANGED', 'LEAD_MERGED']));
    expect(await left(/192\.0\.2\.77/)).toHaveLength(10);
    // Two leads registered, one filled in, four inquiries, a duplicate found and merged, two leads merged, two moved.
    expect((await erase(kept)).erasedRecords).toBe(13);
    expect(await left(theirs)).toEqual([]);
    expect(await left(/192\.0\.2\.77|A phone/)).toEqual(['LEAD_REGISTERED', 'INQUIRY_REGISTERED']);
    expect(await left(/Somebody Else/)).toEqual(['LEAD_REGISTERED']);
    expect((await erase(kept)).erasedRecords).toBe(0);
    expect((await erase(other)).erasedRecords).toBe(2);
    expect(await left(/192\.0\.2\.77|A phone|Somebody Else/)).toEqual([]);
  });

  it('leaves the lead and what they wrote as they are, and from where employees did something', async () => {
    const [{ count }] = (await product.database.rows(sql<{ count: number }>`
      select count(client_address)::integer as count from change_record where kind = 'LEAD_MERGED'`)) as [
      { count: number },
    ];
    expect(count).toBe(2);
    const document = '{ leads(first: 50) { nodes { name phone email inquiries { nodes { phone message } } } } }';
    const { leads } = await ask(product, document, {}, actors.admin.token);
    expect(leads.nodes).toContainEqual({
      name: 'Ольга Мережко',
      phone: '+79005550001',
      email: 'olga@private.example',
      inquiries: { nodes: expect.arrayContaining([{ phone: '+79005550001', message: 'Call me' }]) },
    });
  });

  it('empties from where one inquiry came', async () => {
    await write({ phone: '+79005550003' });
    const [inquiry] = await product.database.rows(sql<{ id: string }>`select max(id) as id from inquiry`);
    expect((await erase(encodeId('Inquiry', inquiry!.id))).erasedRecords).toBe(1);
    expect(await left(/192\.0\.2\.77/)).toEqual(['LEAD_REGISTERED']);
  });
});

describe('the history, to SQL', () => {
  it.each([
    ["update change_record set kind = 'CUSTOMER_CHANGED'"],
    ["update change_record set actor = 'user:1'"],
    ['update change_record set recorded_at = now()'],
    ["update change_record set after = '{}' where erased_at is null"],
    ['update change_record set before = null, after = null where erased_at is null'],
    [
      "update change_record set before = null, after = null, erased_at = now(), actor = 'user:1' where erased_at is null",
    ],
    [
      "update change_record set before = null, after = null, erased_at = now(), client_name = 'x' where erased_at is null",
    ],
    ['update change_record set client_address = null where client_erased_at is null'],
    ['update change_record set client_erased_at = now() where client_address is not null'],
    [
      "update change_record set client_address = null, client_agent = null, client_name = null, client_version = null, client_erased_at = now(), actor = 'user:1' where client_erased_at is null",
    ],
    ['update change_record set client_erased_at = now() where client_erased_at is not null'],
    ["update change_record set client_name = 'x' where client_erased_at is not null"],
    ['update change_record set erased_at = null where erased_at is not null'],
    ["update change_record set after = '{}' where erased_at is not null"],
    ['delete from change_record'],
    ['truncate change_record'],
  ])('refuses %s', async (statement) => {
    const client = await product.database.pool.connect();
    try {
      await expect(client.query(statement)).rejects.toMatchObject({ code: '23001' });
    } finally {
      client.release();
    }
  });
});

describe('what has no name in the history', () => {
  it('is refused when it is recorded, with the whole transaction', async () => {
    expect(() => changeKindOf('customer.vanished')).toThrow('customer.vanished');
    const count = async () => (await product.database.rows(sql`select from change_record`)).length;
    const before = await count();
    const recording = product.database.transact(systemActor('test'), async (work) => {
      const subject = { kind: 'Customer', id: customerKey };
      const change = { before: null, after: null };
      await work.record([{ kind: 'customer.changed', subject, change }]);
      await work.record([{ kind: 'customer.vanished', subject, change }]);
    });
    await expect(recording).rejects.toThrow('customer.vanished');
    expect(await count()).toBe(before);
  });
});
