import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { pino } from 'pino';
import { hashPassword } from '../../src/services/identity/passwords.js';
import { startImportWorker, type Worker } from '../../src/services/integrations/import-worker.js';
import { DEMO_FILES, load } from '../support/fill-database.js';
import { handReport, handSum } from '../support/hand-sum.js';
import {
  CustomerCardDocument,
  DailyCallReportDocument,
  ImportCallsDocument,
  ImportJobDocument,
  ImportSubscribersDocument,
  RecordCallsDocument,
  RecordPaymentDocument,
  RegisterSubscriberDocument,
  SignInDocument,
  TariffsDocument,
} from '../support/operations.generated.js';
import { type Product, startProduct } from '../support/product.js';
import { createGroup, createUser, signInCustomer } from '../support/sign-ins.js';
import { subscribe } from '../support/subscribe.js';

const PASSWORD = 'a good password';
const SEPTEMBER = '2026-08-31T21:00:00.000Z';

let product: Product;
let worker: Worker;
let supervisor: string;
let operator: string;

const signIn = async (email: string) => {
  const { signIn: signedIn } = await product.run(SignInDocument, { input: { email, password: PASSWORD } });
  return signedIn.session!.accessToken;
};

async function send(name: string): Promise<string> {
  const response = await fetch(`${product.url}/files?name=${name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${supervisor}`, 'content-type': 'text/csv' },
    body: await readFile(join(DEMO_FILES, name)),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { id: string }).id;
}

/** How long an import may take, in milliseconds. */
const IMPORT_MS = 45_000;

async function untilDone(id: string) {
  const deadline = Date.now() + IMPORT_MS;
  for (;;) {
    const { importJob } = await product.run(ImportJobDocument, { id }, supervisor);
    if (importJob!.state === 'DONE' || importJob!.state === 'FAILED') return importJob!;
    if (Date.now() > deadline) throw new Error(`The import does not end: ${JSON.stringify(importJob)}`);
    await sleep(50);
  }
}

beforeAll(async () => {
  product = await startProduct();
  const { database } = product;
  await load(database, 'tariffs', { file: 'tariffs.json' });
  await load(database, 'operators', { file: 'operators.json' });
  worker = await startImportWorker(database, {
    directory: join(product.dataDir, 'files'),
    feedRetentionDays: 7,
    logger: pino({ level: 'silent' }),
  });
  const passwordHash = await hashPassword(PASSWORD);
  const groupId = await createGroup(database);
  await createUser(database, { role: 'supervisor', email: 'Head@test.example', passwordHash, supervises: [groupId] });
  await createUser(database, {
    role: 'operator',
    email: 'desk@test.example',
    passwordHash,
    groupId,
    operator: { alias: 'Desk', phone: '+79990000021' },
  });
  supervisor = await signIn('head@TEST.example');
  operator = await signIn('desk@test.example');
});
afterAll(async () => {
  await worker.stop();
  await product.stop();
});

describe('the first day', () => {
  it('the supervisor takes in the subscribers, is told of each bad row, and a repeat changes nothing', async () => {
    const first = await product.run(
      ImportSubscribersDocument,
      { input: { fileId: await send('subscribers.csv'), validFrom: SEPTEMBER, idempotencyKey: 'day-1' } },
      supervisor,
    );
    const job = await untilDone(first.importSubscribers.importJob!.id);
    expect(job).toMatchObject({ state: 'DONE', totalRows: 410, createdRows: 400, badRows: 10 });
    expect(job.issues.nodes[0]).toMatchObject({ line: 10, column: 'ICCID', code: 'BAD_USER_INPUT' });
    const again = await product.run(
      ImportSubscribersDocument,
      { input: { fileId: await send('subscribers.csv'), validFrom: SEPTEMBER, idempotencyKey: 'day-1-again' } },
      supervisor,
    );
    expect(await untilDone(again.importSubscribers.importJob!.id)).toMatchObject({
      createdRows: 0,
      unchangedRows: 400,
      badRows: 10,
      summary: expect.stringMatching(/nothing/i),
    });
  });

  it('then two months of calls, and the report is the sum done by hand', async () => {
    const { importCalls } = await product.run(
      ImportCallsDocument,
      { input: { fileId: await send('Master.csv'), idempotencyKey: 'calls-1' } },
      supervisor,
    );
    const job = await untilDone(importCalls.importJob!.id);
    expect(job).toMatchObject({ state: 'DONE', createdRows: 20_000, unchangedRows: 21, badRows: 0 });
    const [from, to] = ['2026-08-31', '2026-11-01'];
    const { dailyCallReport } = await product.run(DailyCallReportDocument, { from, to }, supervisor);
    const file = (name: string) => join(DEMO_FILES, name);
    const byHand = handSum({
      tariffs: file('tariffs.json'),
      operators: file('operators.json'),
      subscribers: file('subscribers.csv'),
      calls: file('Master.csv'),
    });
    expect(dailyCallReport.map((row) => ({ ...row, income: Number(row.income.amount).toFixed(6) }))).toEqual(
      handReport(byHand, from, to).map((row) => expect.objectContaining(row)),
    );
  });

  it('an operator registers a subscriber, takes a payment once though the request comes twice', async () => {
    const { tariffs } = await product.run(TariffsDocument, {}, operator);
    const tariffId = tariffs.nodes.find(({ name }) => name === 'Минутный')!.id;
    const { registerSubscriber } = await product.run(
      RegisterSubscriberDocument,
      {
        input: {
          customer: { fullName: 'Иванова Анна Петровна' },
          msisdn: '8(900) 555-01-02',
          iccid: '8970101000000000012',
          tariffId,
          deposit: '150',
          idempotencyKey: 'anna',
        },
      },
      operator,
    );
    expect(registerSubscriber.errors).toEqual([]);
    expect(registerSubscriber.contract).toMatchObject({
      status: 'ACTIVE',
      msisdnFormatted: '8(900) 555-01-02',
      balance: { amount: '150.00', currency: 'RUB' },
    });
    const payment = {
      input: { contractId: registerSubscriber.contract!.id, amount: '50.00', idempotencyKey: 'anna pays' },
    };
    const once = await product.run(RecordPaymentDocument, payment, operator);
    const twice = await product.run(RecordPaymentDocument, payment, operator);
    expect(twice).toEqual(once);
    expect(once.recordPayment.payment!.contract!.balance!.amount).toBe('200.00');
  });

  it('she calls, the supervisor of whom she called sees it live, and she sees what it cost', async () => {
    const [{ customer_id: customerId } = { customer_id: '' }] = await product.database.rows(
      sql<{ customer_id: string }>`select customer_id from contract where msisdn = '+79005550102'`,
    );
    const customer = (await signInCustomer(product.database, customerId)).token;
    const live = await subscribe<{
      callFeed: { call: { id: string; called: { operator: { alias: string } | null } } };
    }>(product, 'subscription { callFeed { call { id called { operator { alias } } } } }', { token: supervisor });
    const startedAt = new Date().toISOString();
    const call = { exchange: 'pbx', caller: '89005550102', status: 'COMPLETED' as const, startedAt };
    const { recordCalls } = await product.run(
      RecordCallsDocument,
      {
        input: {
          idempotencyKey: 'her calls',
          calls: [
            { ...call, externalId: '1', called: '+7 999 000-00-21', durationSeconds: 40 },
            { ...call, externalId: '2', called: '+7 900 526-01-81', durationSeconds: 75 },
            { ...call, externalId: '3', called: '12345678', durationSeconds: 75 },
          ],
        },
      },
      supervisor,
    );
    expect(recordCalls).toMatchObject({ recorded: 2, duplicates: 0, bad: 1 });
    expect(recordCalls.errors).toMatchObject([{ code: 'BAD_USER_INPUT', path: ['input', 'calls', '2', 'called'] }]);
    const [seen] = await live.until(1);
    expect(seen!.callFeed.call).toEqual({
      id: recordCalls.calls![0]!.call!.id,
      called: { operator: { alias: 'Desk' } },
    });
    await live.stop();
    const { customer: card } = await product.run(
      CustomerCardDocument,
      { id: Buffer.from(`Customer:${customerId}`).toString('base64url') },
      customer,
    );
    expect(card!.contracts.nodes[0]).toMatchObject({
      sim: { iccid: '8970101000000000012', status: 'ACTIVE' },
      tariff: { name: 'Минутный' },
      balance: { amount: '198.125', currency: 'RUB' },
    });
    expect(card!.payments.totalCount).toBe(2);
    expect(card!.calls.nodes.map(({ charge }) => charge!.amount.amount).sort()).toEqual(['0.00', '1.875']);
  });

  it('in the evening every balance is the sum of its postings, and the whole ledger sums to zero', async () => {
    const [ledger] = await product.database.rows(sql<{ total: string; wrong: string }>`
      select (select sum(amount) from posting) as total,
        (select count(*) from account a where a.balance is not null
          and a.balance <> (select coalesce(sum(p.amount), 0) from posting p where p.account_id = a.id)) as wrong`);
    expect(Number(ledger!.total)).toBe(0);
    expect(ledger!.wrong).toBe('0');
  });
});
