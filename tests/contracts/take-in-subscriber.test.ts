import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { publishTariff } from '../../src/services/catalog/publish-tariff.js';
import { readTariffs } from '../../src/services/catalog/read-tariffs.js';
import { readSubscribers } from '../../src/services/contracts/read-subscribers.js';
import { subscriberIssues } from '../../src/services/contracts/subscriber-columns.js';
import { type SubscriberRow, takeInSubscriber } from '../../src/services/contracts/take-in-subscriber.js';
import { Refusal } from '../../src/services/shared/errors/refusal.js';
import {
  countRows,
  faults,
  iccidOf,
  msisdnOf,
  type OpenDatabase,
  openDatabase,
  publishTestTariff,
  refusalOf,
} from '../support/subscribers.js';

const DEMO = join(import.meta.dirname, '../../demo');
const SINCE = new Date('2026-09-01T00:00:00+03:00');

let open: OpenDatabase;

/** Loads a file row by row as an import does: what became of the rows, and what was wrong. */
async function load(source: AsyncIterable<Uint8Array>) {
  const counts = { created: 0, updated: 0, unchanged: 0 };
  const bad: string[] = [];
  const { columns, lines } = await readSubscribers(source);
  for await (const one of lines) {
    if ('issues' in one) {
      bad.push(...one.issues.map(({ column, code }) => `${one.line} ${column} ${code}`));
      continue;
    }
    try {
      counts[await open.work((work) => takeInSubscriber(work, { ...one.row, validFrom: SINCE }))] += 1;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      bad.push(...subscriberIssues(error, columns).map(({ column, code }) => `${one.line} ${column} ${code}`));
    }
  }
  return { counts, bad };
}

describe('the sample of subscribers', () => {
  beforeAll(async () => {
    open = await openDatabase();
    for (const tariff of readTariffs(await readFile(`${DEMO}/tariffs.json`, 'utf8'), 'RUB')) {
      await open.work((work) => publishTariff(work, { ...tariff, validFrom: SINCE }));
    }
  });
  afterAll(() => open.close());

  const BAD = [
    '10 ICCID BAD_USER_INPUT',
    '51 Номер BAD_USER_INPUT',
    '92 ФИО BAD_USER_INPUT',
    '133 ICCID CONFLICT',
    '174 Тариф NOT_FOUND',
    '215 Депозит BAD_USER_INPUT',
    '256 Тариф BAD_USER_INPUT',
    '297 E-mail BAD_USER_INPUT',
    '338 ICCID BAD_USER_INPUT',
    '379 Номер BAD_USER_INPUT',
  ];

  it('gives 400 subscribers and ten bad lines, and changes nothing the second time', async () => {
    expect(await load(createReadStream(`${DEMO}/subscribers.csv`))).toEqual({
      counts: { created: 400, updated: 0, unchanged: 0 },
      bad: BAD,
    });
    const rows = await countRows(open.database);
    expect(rows).toMatchObject({ 'public.contract': 400, 'public.customer': 400, 'public.sim': 400 });
    expect(await load(createReadStream(`${DEMO}/subscribers.csv`))).toEqual({
      counts: { created: 0, updated: 0, unchanged: 400 },
      bad: BAD,
    });
    expect(await countRows(open.database)).toEqual(rows);
  });

  it('is unchanged under an English header with commas, without a byte order mark', async () => {
    const text = (await readFile(`${DEMO}/subscribers.csv`, 'utf8')).replace('\uFEFF', '').replaceAll('\r\n', '\n');
    const [, ...lines] = text.split('\n');
    const english = ['name,number,email,iccid,tariff,deposit', ...lines.map((line) => line.replaceAll(';', ','))];
    // A comma in a sum is a separator here.
    const { counts, bad } = await load(Readable.from([Buffer.from(english.join('\n').replace('12,5o', '"12,5o"'))]));
    expect(counts).toEqual({ created: 0, updated: 0, unchanged: 400 });
    expect(bad.map((one) => one.split(' ')[0])).toEqual(BAD.map((one) => one.split(' ')[0]));
    expect(bad[1]).toBe('51 number BAD_USER_INPUT');
  });

  it('holds all money: the deposits are the balances, and the ledger sums to zero', async () => {
    const [sums] = await open.database.rows<Record<string, string>>(sql`
      select (select sum(balance) from account where kind = 'CONTRACT') as balances, (select sum(amount) from payment) as payments,
        (select sum(amount) from posting) as total`);
    expect(sums!.balances).toBe(sums!.payments);
    expect(Number(sums!.balances)).toBe(68 * 100 + 71 * 1000 + 70 * 300 + 60 * 50 + 62 * 500);
    expect(Number(sums!.total)).toBe(0);
  });
});

describe('a row of subscribers', () => {
  beforeAll(async () => {
    open = await openDatabase();
    await publishTestTariff(open.database, 'First', '1');
    await publishTestTariff(open.database, 'Second', '2');
  });
  afterAll(() => open.close());

  let next = 0;
  const rowOf = (n: number, parts: Partial<SubscriberRow> = {}): SubscriberRow => ({
    name: 'Орлов Егор Иванович',
    number: msisdnOf(n),
    email: 'egor@test.example',
    iccid: iccidOf(n),
    tariff: 'First',
    deposit: '100',
    validFrom: SINCE,
    ...parts,
  });
  const takeIn = (row: SubscriberRow) => open.work((work) => takeInSubscriber(work, row));
  const tariffsOf = (n: number) =>
    open.database.rows(sql`
      select t.name, ct.valid_from = ${SINCE.toISOString()}::timestamptz as since, ct.valid_until is null as open
      from contract_tariff ct join tariff t on t.id = ct.tariff_id join contract c on c.id = ct.contract_id
      where c.msisdn = ${msisdnOf(n)} order by ct.valid_from`);

  it('registers an unknown number, and does nothing the second time, however it is written', async () => {
    const n = ++next;
    expect(await takeIn(rowOf(n))).toBe('created');
    const before = await countRows(open.database);
    expect(await takeIn(rowOf(n))).toBe('unchanged');
    const again = rowOf(n, {
      name: '\u200b Орлов  Егор Иванович ',
      number: `8(900) 000-00-0${n}`,
      email: '\u200b',
      tariff: ' First\u200b ',
    });
    expect(await takeIn({ ...again, validFrom: null, deposit: '1 000,50' })).toBe('unchanged');
    expect(await countRows(open.database)).toEqual(before);
  });

  it('brings name and e-mail up to date, and posts no second deposit', async () => {
    const n = ++next;
    await takeIn(rowOf(n));
    expect(await takeIn(rowOf(n, { name: 'Орлова Анна', email: 'anna@test.example', deposit: '500' }))).toBe('updated');
    const [customer] = await open.database.rows(sql`
      select u.name, u.last_name, u.first_name, u.patronymic, u.email, u.version, a.balance
      from customer u join contract c on c.customer_id = u.id join account a on a.contract_id = c.id where c.msisdn = ${msisdnOf(n)}`);
    expect(customer).toEqual({
      name: 'Орлова Анна',
      last_name: 'Орлова',
      first_name: 'Анна',
      patronymic: null,
      email: 'anna@test.example',
      version: 2,
      balance: '100.000000',
    });
  });

  it('makes each row a customer of its own, even if names repeat', async () => {
    const [one, other] = [++next, ++next];
    await takeIn(rowOf(one));
    await takeIn(rowOf(other));
    const customers = await open.database.rows(
      sql`select distinct customer_id from contract where msisdn in (${msisdnOf(one)}, ${msisdnOf(other)})`,
    );
    expect(customers).toHaveLength(2);
  });

  it('swaps the SIM: the old one is retired, both bindings are kept', async () => {
    const n = ++next;
    await takeIn(rowOf(n));
    const fresh = iccidOf(5000 + n);
    expect(await takeIn(rowOf(n, { iccid: fresh, validFrom: new Date('2026-10-01T00:00:00Z') }))).toBe('updated');
    const bindings = await open.database.rows(sql`
      select s.iccid, s.status, b.bound_until is null as open, c.sim_id = s.id as now
      from sim_binding b join sim s on s.id = b.sim_id join contract c on c.id = b.contract_id
      where c.msisdn = ${msisdnOf(n)} order by b.bound_from`);
    expect(bindings).toEqual([
      { iccid: iccidOf(n), status: 'RETIRED', open: false, now: false },
      { iccid: fresh, status: 'ACTIVE', open: true, now: true },
    ]);
    expect(await takeIn(rowOf(n, { iccid: fresh }))).toBe('unchanged');
    expect(faults(await refusalOf(takeIn(rowOf(n))))).toEqual(['STATE_NOT_ALLOWED input.iccid']);
  });

  it('changes nothing from a day to come on', async () => {
    const n = ++next;
    await takeIn(rowOf(n));
    const later = { iccid: iccidOf(5000 + n), tariff: 'Second', validFrom: new Date('2199-01-01T00:00:00Z') };
    expect(faults(await refusalOf(takeIn(rowOf(n, later))))).toEqual(['BAD_USER_INPUT input.validFrom']);
    expect(faults(await refusalOf(takeIn(rowOf(++next, later))))).toEqual(['BAD_USER_INPUT input.validFrom']);
  });

  it('swaps the SIM also when the row holds since the day the old one was bound', async () => {
    const n = ++next;
    await takeIn(rowOf(n));
    expect(await takeIn(rowOf(n, { iccid: iccidOf(5000 + n) }))).toBe('updated');
  });

  it('changes the tariff from its day on, and in place when it is the day of the last change', async () => {
    const n = ++next;
    await takeIn(rowOf(n));
    expect(await takeIn(rowOf(n, { tariff: 'Second', validFrom: new Date('2026-10-01T00:00:00Z') }))).toBe('updated');
    expect(await tariffsOf(n)).toEqual([
      { name: 'First', since: true, open: false },
      { name: 'Second', since: false, open: true },
    ]);
    const m = ++next;
    await takeIn(rowOf(m));
    expect(await takeIn(rowOf(m, { tariff: 'Second' }))).toBe('updated');
    expect(await tariffsOf(m)).toEqual([{ name: 'Second', since: true, open: true }]);
  });

  it('refuses a SIM that another number holds and a number that is an operator’s, and names all faults', async () => {
    const [n, other] = [++next, ++next];
    await takeIn(rowOf(n));
    await takeIn(rowOf(other));
    const before = await countRows(open.database);
    expect(faults(await refusalOf(takeIn(rowOf(n, { iccid: iccidOf(other) }))))).toEqual(['CONFLICT input.iccid']);
    expect(faults(await refusalOf(takeIn(rowOf(++next, { iccid: iccidOf(other) }))))).toEqual(['CONFLICT input.iccid']);
    const wrong = rowOf(n, { name: '', iccid: iccidOf(other), tariff: 'Third', deposit: '-1', email: '@' });
    expect(faults(await refusalOf(takeIn(wrong)))).toEqual([
      'BAD_USER_INPUT input.deposit',
      'BAD_USER_INPUT input.customer.fullName',
      'BAD_USER_INPUT input.customer.email',
      'CONFLICT input.iccid',
      'NOT_FOUND input.tariffName',
    ]);
    expect(await countRows(open.database)).toEqual(before);
    await open.database.rows(sql`
      with u as (insert into app_user (last_name, first_name, role_id) select 'А', 'Б', id from role where name = 'operator' returning id),
        o as (insert into operator (user_id, alias, max_load, skills) select id, 'A', 1, '{}' from u returning id)
      insert into number_holding (msisdn, operator_id, held_from) select '+79990000001', id, '2026-01-01' from o`);
    expect(faults(await refusalOf(takeIn(rowOf(++next, { number: '+79990000001' }))))).toEqual([
      'CONFLICT input.msisdn',
    ]);
  });

  it('is whole or not at all: a swap that is refused leaves the name too', async () => {
    const [n, other] = [++next, ++next];
    await takeIn(rowOf(n));
    await takeIn(rowOf(other));
    await refusalOf(takeIn(rowOf(n, { name: 'Совсем Другой', iccid: iccidOf(other) })));
    expect(await takeIn(rowOf(n))).toBe('unchanged');
  });
});
