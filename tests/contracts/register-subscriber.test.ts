import { sql } from 'kysely';
import { registerSubscriber } from '../../src/services/contracts/register-subscriber.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import {
  countRows,
  faults,
  iccidOf,
  msisdnOf,
  type OpenDatabase,
  openDatabase,
  publishTestTariff,
  refusalOf,
  registerTestSubscriber,
  subscriberOf,
} from '../support/subscribers.js';

let open: OpenDatabase;
let tariffId: string;
let next = 0;

beforeAll(async () => {
  open = await openDatabase();
  tariffId = await publishTestTariff(open.database);
});

afterAll(() => open.close());

const register = (input: ReturnType<typeof subscriberOf>) => open.work((work) => registerSubscriber(work, input));

/** Runs registrations side by side: how many won, and what the others were refused with. */
async function race(inputs: ReturnType<typeof subscriberOf>[]): Promise<{ won: number; refused: string[] }> {
  const outcomes = await Promise.all(
    inputs.map((input) =>
      register(input).then(
        () => undefined,
        (error: unknown) => refusalOf(Promise.reject(error)),
      ),
    ),
  );
  const refused = outcomes.flatMap((errors) => (errors ? [faults(errors).join(', ')] : []));
  return { won: outcomes.length - refused.length, refused };
}

describe('registering a subscriber', () => {
  it('makes all that a subscriber is', async () => {
    const n = ++next;
    const validFrom = new Date('2026-09-01T00:00:00+03:00');
    const { contractId, customerId } = await register(
      subscriberOf(n, tariffId, {
        customer: { lastName: 'Орлова', firstName: 'Анна', patronymic: 'Львовна', email: ' anna@test.example ' },
        msisdn: '8(900) 000-00-01',
        iccid: iccidOf(n).replace(/(.{4})/g, '$1 '),
        imsi: '250010000000001',
        deposit: '500.5',
        validFrom,
      }),
    );
    const [made] = await open.database.rows<Record<string, unknown>>(sql`
      select u.name, u.email, u.last_payment_at = p.received_at as paid, c.number, c.msisdn, c.status,
        c.activated_at = b.bound_from as activated, s.status as sim, s.imsi, a.balance, p.amount, p.method, p.status as payment,
        (select sum(amount) from posting where entry_id = p.entry_id) as total,
        (select kind from account where id = (select account_id from posting where entry_id = p.entry_id and amount < 0)) as against,
        extract(epoch from b.bound_from) as bound, ct.valid_from = b.bound_from and h.held_from = b.bound_from as same
      from contract c join customer u on u.id = c.customer_id join sim s on s.id = c.sim_id join account a on a.contract_id = c.id
        join payment p on p.contract_id = c.id join sim_binding b on b.contract_id = c.id and b.sim_id = s.id
        join contract_tariff ct on ct.contract_id = c.id join number_holding h on h.contract_id = c.id and h.msisdn = c.msisdn
      where c.id = ${contractId} and u.id = ${customerId}`);
    expect(made).toMatchObject({
      name: 'Орлова Анна Львовна',
      email: 'anna@test.example',
      paid: true,
      number: `C-${contractId.padStart(8, '0')}`,
      msisdn: msisdnOf(n),
      status: 'ACTIVE',
      activated: true,
      sim: 'ACTIVE',
      imsi: '250010000000001',
      balance: '500.500000',
      amount: '500.500000',
      method: 'CASH',
      payment: 'CONFIRMED',
      total: '0.000000',
      against: 'CASH',
      same: true,
    });
    expect(Number(made?.bound) * 1000).toBe(validFrom.getTime());
    const events = await open.database.rows<{ kind: string }>(
      sql`select kind, subject_id, data->>'customerId' as customer from feed.event where data->>'customerId' = ${customerId} order by position`,
    );
    expect(events.map(({ kind }) => kind)).toEqual(['customer.registered', 'contract.registered', 'payment.recorded']);
  });

  it('adds a contract to a customer who is known, without a deposit', async () => {
    const { customerId } = await registerTestSubscriber(open.database, ++next, tariffId);
    const again = await registerTestSubscriber(open.database, ++next, tariffId, {
      customer: null,
      customerId: encodeId('Customer', customerId),
      deposit: '0',
    });
    expect(again.customerId).toBe(customerId);
    const payments = await open.database.rows(sql`select from payment where customer_id = ${customerId}`);
    expect(payments).toHaveLength(0);
  });

  it('takes a SIM from stock, with its IMSI', async () => {
    const n = ++next;
    await open.database.rows(sql`insert into sim (iccid, status) values (${iccidOf(n)}, 'IN_STOCK')`);
    await registerTestSubscriber(open.database, n, tariffId, { imsi: '250010000000003' });
    const [sim] = await open.database.rows(sql`select status, imsi from sim where iccid = ${iccidOf(n)}`);
    expect(sim).toEqual({ status: 'ACTIVE', imsi: '250010000000003' });
  });

  it('keeps SIM and contract waiting when it is not to activate', async () => {
    const n = ++next;
    const { contractId } = await registerTestSubscriber(open.database, n, tariffId, { activate: false });
    const [made] = await open.database.rows(sql`
      select c.status, c.activated_at, s.status as sim, s.activated_at as sim_at
      from contract c join sim s on s.id = c.sim_id where c.id = ${contractId}`);
    expect(made).toEqual({ status: 'ACCEPTED', activated_at: null, sim: 'RESERVED', sim_at: null });
  });

  it('counts an instant that clocks may differ by as now', async () => {
    const ahead = new Date(Date.now() + 20_000);
    const { contractId } = await registerTestSubscriber(open.database, ++next, tariffId, { validFrom: ahead });
    const [held] = await open.database.rows(sql`
      select held_from <= now() as held from number_holding where contract_id = ${contractId}`);
    expect(held).toEqual({ held: true });
  });

  it('names every fault at once and leaves nothing behind', async () => {
    const before = await countRows(open.database);
    const errors = await refusalOf(
      register({
        customer: { fullName: ' ', email: 'not-an-address' },
        msisdn: '8(900) 11-22',
        iccid: '8970104760663767573',
        imsi: '12345',
        tariffId: encodeId('Tariff', '999999'),
        deposit: '-1',
        validFrom: new Date('1999-01-01T00:00:00Z'),
        idempotencyKey: 'all wrong',
      }),
    );
    expect(faults(errors)).toEqual([
      'BAD_USER_INPUT input.msisdn',
      'BAD_USER_INPUT input.iccid',
      'BAD_USER_INPUT input.imsi',
      'BAD_USER_INPUT input.deposit',
      'BAD_USER_INPUT input.validFrom',
      'BAD_USER_INPUT input.customer.fullName',
      'BAD_USER_INPUT input.customer.email',
      'NOT_FOUND input.tariffId',
    ]);
    expect(await countRows(open.database)).toEqual(before);
  });

  it.each<[string, Parameters<typeof subscriberOf>[2], string]>([
    ['a phone of eight digits', { msisdn: '89001112' }, 'BAD_USER_INPUT input.msisdn'],
    ['an ICCID that fails Luhn', { iccid: '8970104760663767573' }, 'BAD_USER_INPUT input.iccid'],
    ['an ICCID of 18 digits', { iccid: '897010476066376757' }, 'BAD_USER_INPUT input.iccid'],
    ['an IMSI with letters', { imsi: '25001000000000A' }, 'BAD_USER_INPUT input.imsi'],
    ['a negative deposit', { deposit: '-0.01' }, 'BAD_USER_INPUT input.deposit'],
    ['a deposit of a tenth of a kopeck', { deposit: '10.001' }, 'BAD_USER_INPUT input.deposit'],
    ['a deposit beyond any sum', { deposit: '10000000000000' }, 'BAD_USER_INPUT input.deposit'],
    ['a deposit that is no sum', { deposit: '1e5' }, 'BAD_USER_INPUT input.deposit'],
    ['an id that is none', { tariffId: 'nonsense' }, 'BAD_USER_INPUT input.tariffId'],
    ['an id of another kind', { tariffId: encodeId('Sim', '1') }, 'BAD_USER_INPUT input.tariffId'],
    ['a tariff that is not there', { tariffId: encodeId('Tariff', '999') }, 'NOT_FOUND input.tariffId'],
    ['a tariff before it had prices', { validFrom: new Date('2025-06-01') }, 'STATE_NOT_ALLOWED input.tariffId'],
    ['a day to come', { validFrom: new Date('2199-01-01') }, 'BAD_USER_INPUT input.validFrom'],
    ['an hour to come', { validFrom: new Date(Date.now() + 3_600_000) }, 'BAD_USER_INPUT input.validFrom'],
    ['no customer', { customer: null }, 'BAD_USER_INPUT input.customer'],
    [
      'a customer who is not there',
      { customer: null, customerId: encodeId('Customer', '999') },
      'NOT_FOUND input.customerId',
    ],
    ['a customer and a new one', { customerId: encodeId('Customer', '1') }, 'BAD_USER_INPUT input.customer'],
    ['a customer without a name', { customer: { email: 'a@b.example' } }, 'BAD_USER_INPUT input.customer.lastName'],
    [
      'a person and a company',
      { customer: { fullName: 'А Б', companyName: 'В' } },
      'BAD_USER_INPUT input.customer.companyName',
    ],
    ['a person without a first name', { customer: { lastName: 'А' } }, 'BAD_USER_INPUT input.customer.firstName'],
    ['a null character', { customer: { fullName: 'А\u0000Б' } }, 'BAD_USER_INPUT input.customer.fullName'],
    ['a key with a null character', { idempotencyKey: 'a\u0000' }, 'BAD_USER_INPUT input.idempotencyKey'],
    ['a key without text', { idempotencyKey: ' ' }, 'BAD_USER_INPUT input.idempotencyKey'],
  ])('refuses %s and leaves nothing behind', async (_what, parts, fault) => {
    const before = await countRows(open.database);
    expect(faults(await refusalOf(register(subscriberOf(9000, tariffId, parts))))).toEqual([fault]);
    expect(await countRows(open.database)).toEqual(before);
  });

  it('refuses a SIM that is bound, by its field, also to the same customer', async () => {
    const n = ++next;
    const { customerId } = await registerTestSubscriber(open.database, n, tariffId);
    const input = subscriberOf(++next, tariffId, { iccid: iccidOf(n) });
    const before = await countRows(open.database);
    expect(faults(await refusalOf(register(input)))).toEqual(['CONFLICT input.iccid']);
    const own = { ...input, customer: null, customerId: encodeId('Customer', customerId) };
    expect(faults(await refusalOf(register(own)))).toEqual(['CONFLICT input.iccid']);
    expect(await countRows(open.database)).toEqual(before);
  });

  it.each(['BLOCKED', 'RETIRED'])('refuses a SIM that is %s', async (status) => {
    const n = ++next;
    await open.database.rows(sql`insert into sim (iccid, status) values (${iccidOf(n)}, ${status})`);
    expect(faults(await refusalOf(register(subscriberOf(n, tariffId))))).toEqual(['STATE_NOT_ALLOWED input.iccid']);
  });

  it('refuses an IMSI that another SIM has, and another than the SIM’s own', async () => {
    const [taken, n] = [++next, ++next];
    await registerTestSubscriber(open.database, taken, tariffId, { imsi: '250019999999999' });
    const input = subscriberOf(n, tariffId, { imsi: '250019999999999' });
    expect(faults(await refusalOf(register(input)))).toEqual(['CONFLICT input.imsi']);
    await open.database.rows(sql`insert into sim (iccid, imsi) values (${iccidOf(n)}, '250018888888888')`);
    expect(faults(await refusalOf(register({ ...input, imsi: '250017777777777' })))).toEqual(['CONFLICT input.imsi']);
  });

  it('refuses a number that a contract holds, or an operator', async () => {
    const n = ++next;
    await registerTestSubscriber(open.database, n, tariffId);
    const input = subscriberOf(++next, tariffId, { msisdn: msisdnOf(n) });
    expect(faults(await refusalOf(register(input)))).toEqual(['CONFLICT input.msisdn']);
    await open.database.rows(sql`
      with u as (insert into app_user (last_name, first_name, role_id) select 'А', 'Б', id from role where name = 'operator' returning id),
        o as (insert into operator (user_id, alias, max_load, skills) select id, 'A', 1, '{}' from u returning id)
      insert into number_holding (msisdn, operator_id, held_from) select '+79990000001', id, '2026-01-01' from o`);
    const ofOperator = { ...input, msisdn: '+79990000001' };
    expect(faults(await refusalOf(register(ofOperator)))).toEqual(['CONFLICT input.msisdn']);
  });

  it('refuses a tariff that is not on sale, and a customer who is blocked', async () => {
    const closed = await publishTestTariff(open.database, 'Closed');
    await open.database.rows(sql`update tariff set active = false where name = 'Closed'`);
    expect(faults(await refusalOf(register(subscriberOf(++next, closed))))).toEqual([
      'STATE_NOT_ALLOWED input.tariffId',
    ]);
    const { customerId } = await registerTestSubscriber(open.database, ++next, tariffId);
    await open.database.rows(sql`update customer set status = 'BLOCKED' where id = ${customerId}`);
    const input = subscriberOf(++next, tariffId, { customer: null, customerId: encodeId('Customer', customerId) });
    expect(faults(await refusalOf(register(input)))).toEqual(['STATE_NOT_ALLOWED input.customerId']);
  });

  it('gives one SIM to exactly one of twenty who ask at once', async () => {
    const [shared] = [++next];
    const inputs = Array.from({ length: 20 }, () => subscriberOf(++next, tariffId, { iccid: iccidOf(shared) }));
    const { won, refused } = await race(inputs);
    expect(won).toBe(1);
    expect(new Set(refused)).toEqual(new Set(['CONFLICT input.iccid']));
  });

  it('gives one number to exactly one of twenty who ask at once', async () => {
    const shared = ++next;
    const inputs = Array.from({ length: 20 }, () => subscriberOf(++next, tariffId, { msisdn: msisdnOf(shared) }));
    const { won, refused } = await race(inputs);
    expect(won).toBe(1);
    expect(new Set(refused)).toEqual(new Set(['CONFLICT input.msisdn']));
  });

  it('answers twenty repeats at once with the one result, and another input with a mismatch', async () => {
    const input = subscriberOf(++next, tariffId, { deposit: '10' });
    const results = await Promise.all(Array.from({ length: 20 }, () => register(input)));
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    const payments = await open.database.rows(sql`select from payment where contract_id = ${results[0]!.contractId}`);
    expect(payments).toHaveLength(1);
    const before = await countRows(open.database);
    expect(faults(await refusalOf(register({ ...input, deposit: '11' })))).toEqual([
      'IDEMPOTENCY_MISMATCH input.idempotencyKey',
    ]);
    expect(await countRows(open.database)).toEqual(before);
  });

  it('may be tried again under its key after a refusal', async () => {
    const input = subscriberOf(++next, tariffId, { deposit: '-1', idempotencyKey: 'second try' });
    await refusalOf(register(input));
    await expect(register({ ...input, deposit: '1' })).resolves.toMatchObject({ contractId: expect.any(String) });
  });
});
