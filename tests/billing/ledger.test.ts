import { sql } from 'kysely';
import { AccountKind } from '../../src/entities/billing/account-kind.enum.js';
import { LedgerEntryKind } from '../../src/entities/billing/ledger-entry-kind.enum.js';
import { companyAccountId } from '../../src/services/billing/company-account.js';
import { type NewEntry, postEntries } from '../../src/services/billing/post-entry.js';
import { recordPayment } from '../../src/services/billing/record-payment.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import {
  countRows,
  faults,
  type OpenDatabase,
  openDatabase,
  publishTestTariff,
  refusalOf,
  registerTestSubscriber,
} from '../support/subscribers.js';

let open: OpenDatabase;
let tariffId: string;
let next = 0;

beforeAll(async () => {
  open = await openDatabase();
  tariffId = await publishTestTariff(open.database);
});

afterAll(() => open.close());

/** A contract with a deposit of 100; its global id, its key and its account's. */
async function contractWithDeposit() {
  const { contractId: key } = await registerTestSubscriber(open.database, ++next, tariffId, { deposit: '100' });
  const [account] = await open.database.rows<{ id: string }>(sql`select id from account where contract_id = ${key}`);
  return { contractId: encodeId('Contract', key), key, accountId: account!.id };
}

const balanceOf = async (key: string) =>
  (await open.database.rows<{ balance: string }>(sql`select balance from account where contract_id = ${key}`))[0]!
    .balance;

const pay = (contractId: string, amount: string, idempotencyKey: string, parts: object = {}) =>
  open.work((work) => recordPayment(work, { contractId, amount, idempotencyKey, ...parts }));

const cash = () => open.work((work) => companyAccountId(work, AccountKind.CASH));

describe('the ledger, in the database itself', () => {
  it.each([
    ['changes an entry', 'update ledger_entry set occurred_at = now()'],
    ['deletes an entry', 'delete from ledger_entry'],
    ['empties the entries', 'truncate ledger_entry cascade'],
    ['changes a posting', 'update posting set amount = amount + 1'],
    ['deletes a posting', 'delete from posting'],
    ['empties the postings', 'truncate posting'],
    ['changes a balance', `update account set balance = balance + 1 where kind = 'CONTRACT'`],
    [
      'gives an account to another contract',
      `update account set contract_id = contract_id + 1 where kind = 'CONTRACT'`,
    ],
    ['adds an entry without postings', `insert into ledger_entry (kind, occurred_at) values ('PAYMENT', now())`],
    [
      'adds an account with a balance',
      `insert into account (kind, contract_id, customer_id, currency, balance) select 'CONTRACT', id, customer_id, 'RUB', 1 from contract`,
    ],
    ['changes the prices of a tariff', 'update tariff_version set price_per_minute = 9'],
    ['deletes the prices of a tariff', 'delete from tariff_version'],
    ['changes what a payment was', 'update payment set amount = amount + 1'],
    ['deletes a payment', 'delete from payment'],
    [
      'adds to an entry that is complete, though the sum stays zero',
      `insert into posting (entry_id, account_id, amount)
        select entry_id, account_id, amount from posting where entry_id = (select min(id) from ledger_entry)`,
    ],
  ])('refuses who %s', async (_what, statement) => {
    await contractWithDeposit();
    const before = await countRows(open.database);
    await expect(open.database.rows(sql.raw(statement))).rejects.toMatchObject({ code: expect.stringMatching(/^23/) });
    expect(await countRows(open.database)).toEqual(before);
  });

  it('refuses an entry that does not sum to zero', async () => {
    const { accountId, key } = await contractWithDeposit();
    const against = await cash();
    const entry: NewEntry = {
      kind: LedgerEntryKind.PAYMENT,
      occurredAt: new Date(),
      postings: [
        { accountId, amount: '10' },
        { accountId: against, amount: '-9.999999' },
      ],
    };
    const before = await countRows(open.database);
    await expect(open.work((work) => postEntries(work, [entry]))).rejects.toMatchObject({
      constraint: 'ledger_entry_balanced',
    });
    expect(await countRows(open.database)).toEqual(before);
    expect(await balanceOf(key)).toBe('100.000000');
  });
});

describe('posting entries', () => {
  it('brings balances along, and gives the keys in the order of the entries', async () => {
    const { accountId, key } = await contractWithDeposit();
    const against = await cash();
    const charges = ['0.1', '0.2', '0.3'];
    const ids = await open.work((work) =>
      postEntries(
        work,
        charges.map((charge) => ({
          kind: LedgerEntryKind.CALL_CHARGE,
          occurredAt: new Date(),
          postings: [
            { accountId, amount: `-${charge}` },
            { accountId: against, amount: charge },
          ],
        })),
      ),
    );
    const rows = await open.database.rows<{ amount: string }>(sql`
      select amount from posting where account_id = ${accountId} and entry_id = any(${ids}::bigint[])
      order by array_position(${ids}::bigint[], entry_id)`);
    expect(rows.map(({ amount }) => Number(amount))).toEqual([-0.1, -0.2, -0.3]);
    expect(await balanceOf(key)).toBe('99.400000');
  });

  it('refuses what no balance can hold, as a typed error', async () => {
    const { contractId, key } = await contractWithDeposit();
    for (let i = 0; i < 9; i += 1) await pay(contractId, '9999999999999', `large ${i}`);
    expect(faults(await refusalOf(pay(contractId, '9999999999999', 'too large')))).toEqual(['LIMIT_EXCEEDED input']);
    expect(await balanceOf(key)).toBe('90000000000091.000000');
  });

  it('makes the company’s account once, whoever asks for it at the same time', async () => {
    const fresh = await openDatabase();
    const ids = await Promise.all(
      Array.from({ length: 20 }, () => fresh.work((work) => companyAccountId(work, AccountKind.CALL_REVENUE))),
    );
    expect(new Set(ids).size).toBe(1);
    await fresh.close();
  });
});

describe('recording a payment', () => {
  it('posts it, and the balance and the customer’s last payment show it', async () => {
    const { contractId, key } = await contractWithDeposit();
    const receivedAt = new Date();
    const { paymentId } = await pay(contractId, '250,50', 'first', { receivedAt });
    expect(await balanceOf(key)).toBe('350.500000');
    const [payment] = await open.database.rows(sql`
      select p.amount, p.currency, p.method, p.status, p.taken_by_id, u.last_payment_at = p.received_at as last,
        e.kind, e.occurred_at = p.received_at as occurred
      from payment p join customer u on u.id = p.customer_id join ledger_entry e on e.id = p.entry_id where p.id = ${paymentId}`);
    expect(payment).toEqual({
      amount: '250.500000',
      currency: 'RUB',
      method: 'CASH',
      status: 'CONFIRMED',
      taken_by_id: null,
      last: true,
      kind: 'PAYMENT',
      occurred: true,
    });
    const events = await open.database.rows(
      sql`select data->>'amount' as amount from feed.event where kind = 'payment.recorded' and subject_id = ${paymentId}`,
    );
    expect(events).toEqual([{ amount: '250.50' }]);
  });

  it('keeps the date of the latest payment when an older one is recorded', async () => {
    const { contractId, key } = await contractWithDeposit();
    const lastOf = () =>
      open.database.rows(
        sql`select u.last_payment_at from customer u join contract c on c.customer_id = u.id where c.id = ${key}`,
      );
    const before = await lastOf();
    await pay(contractId, '1', 'older', { receivedAt: new Date('2026-01-01') });
    expect(await lastOf()).toEqual(before);
  });

  it.each([
    ['nothing', { amount: '0' }, 'BAD_USER_INPUT input.amount'],
    ['less than nothing', { amount: '-5' }, 'BAD_USER_INPUT input.amount'],
    ['a part of a kopeck', { amount: '0.001' }, 'BAD_USER_INPUT input.amount'],
    ['more than any sum', { amount: '99999999999999' }, 'BAD_USER_INPUT input.amount'],
    ['no sum', { amount: 'ten' }, 'BAD_USER_INPUT input.amount'],
    ['a payment of tomorrow', { receivedAt: new Date(Date.now() + 86_400_000) }, 'BAD_USER_INPUT input.receivedAt'],
    ['a date that is none', { receivedAt: new Date('never') }, 'BAD_USER_INPUT input.receivedAt'],
    ['the id of another kind', { contractId: encodeId('Customer', '1') }, 'BAD_USER_INPUT input.contractId'],
    ['a contract that is not there', { contractId: encodeId('Contract', '999999') }, 'NOT_FOUND input.contractId'],
  ])('refuses %s and leaves nothing behind', async (_what, parts, fault) => {
    const { contractId } = await contractWithDeposit();
    const before = await countRows(open.database);
    expect(faults(await refusalOf(pay(contractId, '10', 'refused', parts)))).toEqual([fault]);
    expect(await countRows(open.database)).toEqual(before);
  });

  it('refuses a payment for a contract that was cancelled', async () => {
    const { contractId, key } = await contractWithDeposit();
    await open.database.rows(sql`update contract set status = 'CANCELLED' where id = ${key}`);
    expect(faults(await refusalOf(pay(contractId, '10', 'cancelled')))).toEqual(['STATE_NOT_ALLOWED input.contractId']);
  });

  it('takes twenty repeats at once for one payment, and another sum under its key for a mismatch', async () => {
    const { contractId, key } = await contractWithDeposit();
    const results = await Promise.all(Array.from({ length: 20 }, () => pay(contractId, '7', `once ${key}`)));
    expect(new Set(results.map(({ paymentId }) => paymentId)).size).toBe(1);
    expect(await balanceOf(key)).toBe('107.000000');
    expect(faults(await refusalOf(pay(contractId, '8', `once ${key}`)))).toEqual([
      'IDEMPOTENCY_MISMATCH input.idempotencyKey',
    ]);
  });

  it('keeps every balance equal to the sum of its postings, and the ledger at zero, whatever is paid at once', async () => {
    const contracts = await Promise.all(Array.from({ length: 5 }, contractWithDeposit));
    const seed = Math.floor(Math.random() * 2 ** 31);
    let state = seed;
    const random = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor((state / 2 ** 31) * below);
    };
    const expected = new Map(contracts.map(({ key }) => [key, 10_000]));
    const payments = Array.from({ length: 200 }, (_, i) => {
      const { key, contractId } = contracts[random(contracts.length)]!;
      const kopecks = 1 + random(100_000);
      expected.set(key, expected.get(key)! + kopecks);
      return { contractId, amount: (kopecks / 100).toFixed(2), idempotencyKey: `random ${seed} ${i}` };
    });
    await Promise.all(payments.map((one) => pay(one.contractId, one.amount, one.idempotencyKey)));
    const balances = await Promise.all(
      [...expected].map(async ([key, kopecks]) => [seed, kopecks, Math.round(Number(await balanceOf(key)) * 100)]),
    );
    expect(balances.map(([, , actual]) => actual)).toEqual([...expected.values()]);
    const wrong = await open.database.rows(sql`
      select a.id from account a left join posting p on p.account_id = a.id where a.kind = 'CONTRACT'
      group by a.id having a.balance <> coalesce(sum(p.amount), 0)`);
    expect(wrong).toEqual([]);
    const [total] = await open.database.rows<{ sum: string }>(sql`select sum(amount) from posting`);
    expect(Number(total!.sum)).toBe(0);
  });
});
