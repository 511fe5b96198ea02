import { sql } from 'kysely';
import { CallStatus } from '../../src/entities/calls/call-status.enum.js';
import { type OpenDatabase, openDatabase } from '../support/subscribers.js';
import { expectSoundBooks, STRANGER, type TestOperator, type TestSubscriber, World } from './world.js';

let open: OpenDatabase;
let world: World;
let minute: string;
let anna: TestSubscriber;
let boris: TestSubscriber;
let operator: TestOperator;
let otherOperator: TestOperator;

beforeAll(async () => {
  open = await openDatabase();
  world = new World(open.database);
  minute = await world.tariff('Minute', { pricePerMinute: '1.50' });
  anna = await world.subscriber(minute);
  boris = await world.subscriber(await world.tariff('Dear', { pricePerMinute: '6' }));
  operator = await world.operator();
  otherOperator = await world.operator();
});

afterEach(() => expectSoundBooks(open.database));
afterAll(() => open?.close());

const rated = (payer: TestSubscriber, leg: string, amount: string, billedSeconds = 60, includedSeconds = 0) => ({
  leg,
  freeReason: null,
  billedSeconds,
  includedSeconds,
  amount,
  contractId: payer.contractId,
});
const free = (freeReason: string, payer?: TestSubscriber, leg = 'CALLER') => ({
  leg,
  freeReason,
  billedSeconds: 0,
  includedSeconds: 0,
  amount: '0.000000',
  contractId: payer?.contractId ?? null,
});

describe('who pays for a call', () => {
  it('is the caller, by their own tariff', async () => {
    expect(await world.charged(world.call(anna.number, boris.number))).toEqual([rated(anna, 'CALLER', '1.500000')]);
    expect(await world.charged(world.call(boris.number, STRANGER))).toEqual([rated(boris, 'CALLER', '6.000000')]);
  });

  it('is nobody where the caller is no subscriber of ours', async () => {
    expect(await world.charged(world.call(STRANGER, anna.number))).toEqual([free('NOT_OUR_SUBSCRIBER')]);
    expect(await world.charged(world.call('101', '102'))).toEqual([free('NOT_OUR_SUBSCRIBER')]);
  });

  it('is nobody where an operator calls or is called', async () => {
    expect(await world.charged(world.call(operator.number, anna.number))).toEqual([free('BY_OPERATOR')]);
    expect(await world.charged(world.call(operator.number, otherOperator.number))).toEqual([free('BY_OPERATOR')]);
    expect(await world.charged(world.call(anna.number, operator.number))).toEqual([free('TO_OPERATOR', anna)]);
    expect(await world.charged(world.call(STRANGER, operator.number))).toEqual([free('TO_OPERATOR')]);
  });

  it('is nobody where an operator redirected it, wherever it went', async () => {
    for (const target of [boris.number, STRANGER, otherOperator.number]) {
      const charges = await world.charged(world.redirected(anna.number, operator.number, target));
      expect(charges).toEqual([free('TO_OPERATOR', anna)]);
    }
  });

  it('is the caller to the number called, and the subscriber who redirected it onward, with the same seconds', async () => {
    const parts = { durationSeconds: 90 };
    expect(await world.charged(world.redirected(anna.number, boris.number, STRANGER, parts))).toEqual([
      rated(anna, 'CALLER', '2.250000', 90),
      rated(boris, 'ONWARD', '9.000000', 90),
    ]);
  });

  it('is only the caller where the subscriber redirected it to an operator', async () => {
    expect(await world.charged(world.redirected(anna.number, boris.number, operator.number))).toEqual([
      rated(anna, 'CALLER', '1.500000'),
      free('TO_OPERATOR', boris, 'ONWARD'),
    ]);
  });

  it('is only the subscriber who redirected it where the caller is an operator or unknown', async () => {
    expect(await world.charged(world.redirected(operator.number, boris.number, STRANGER))).toEqual([
      free('BY_OPERATOR'),
      rated(boris, 'ONWARD', '6.000000'),
    ]);
    expect(await world.charged(world.redirected(STRANGER, boris.number, STRANGER))).toEqual([
      free('NOT_OUR_SUBSCRIBER'),
      rated(boris, 'ONWARD', '6.000000'),
    ]);
  });

  it('is only the caller where somebody unknown redirected it', async () => {
    const charges = await world.charged(world.redirected(anna.number, STRANGER, boris.number));
    expect(charges).toEqual([rated(anna, 'CALLER', '1.500000')]);
  });

  it.each([CallStatus.REJECTED, CallStatus.MISSED])(
    'is nobody for a call that was %s, which has no charge',
    async (status) => {
      expect(await world.charged(world.call(anna.number, boris.number, { status, durationSeconds: 0 }))).toEqual([]);
    },
  );

  it('is the caller for an answered call without a word, at zero', async () => {
    const charges = await world.charged(world.call(anna.number, boris.number, { durationSeconds: 0 }));
    expect(charges).toEqual([rated(anna, 'CALLER', '0.000000', 0)]);
  });

  it('is the caller also below a balance of zero', async () => {
    const poor = await world.subscriber(minute);
    await world.record(world.call(poor.number, STRANGER), world.call(poor.number, STRANGER));
    expect(await world.balance(poor)).toBe('-3.000000');
  });
});

describe('included minutes', () => {
  const included = async (includedMinutes: number) =>
    world.subscriber(
      await world.tariff(`Included ${includedMinutes}`, {
        pricePerMinute: '6',
        includedMinutes,
        billingStepSeconds: 10,
      }),
    );
  const used = async (call: Parameters<World['charged']>[0]) =>
    (await world.charged(call)).map(({ includedSeconds, amount }) => [includedSeconds, amount]);

  it('are used up in the order in which calls are taken in, whatever the order of their starts', async () => {
    const user = await included(2);
    const late = world.call(user.number, STRANGER, {
      startedAt: new Date('2026-09-20T12:00:00+03:00'),
      durationSeconds: 95,
    });
    const early = world.call(user.number, STRANGER, { startedAt: new Date('2026-09-02T12:00:00+03:00') });
    const outcomes = await world.record(late, early);
    const ids = outcomes.map((one) => (one.outcome === 'RECORDED' ? one.callId : ''));
    expect(BigInt(ids[0]!) < BigInt(ids[1]!)).toBe(true);
    expect(await world.chargesOf(ids[0]!)).toMatchObject([
      { billedSeconds: 100, includedSeconds: 100, amount: '0.000000' },
    ]);
    expect(await world.chargesOf(ids[1]!)).toMatchObject([
      { billedSeconds: 60, includedSeconds: 20, amount: '4.000000' },
    ]);
  });

  it('belong to the month of the start in the organisation’s time zone', async () => {
    const user = await included(1);
    const at = (instant: string) => world.call(user.number, STRANGER, { startedAt: new Date(instant) });
    expect(await used(at('2026-09-30T20:59:59.999Z'))).toEqual([[60, '0.000000']]);
    expect(await used(at('2026-09-30T20:59:00Z'))).toEqual([[0, '6.000000']]);
    expect(await used(at('2026-09-30T21:00:00Z'))).toEqual([[60, '0.000000']]);
    expect(await used(at('2026-08-31T21:00:00Z'))).toEqual([[0, '6.000000']]);
  });

  it('are not used by a free call', async () => {
    const user = await included(3);
    await world.record(
      world.call(user.number, operator.number),
      world.redirected(operator.number, user.number, operator.number),
    );
    expect(await used(world.call(user.number, STRANGER, { durationSeconds: 190 }))).toEqual([[180, '1.000000']]);
  });

  it('serve the caller’s leg before the leg onward where one contract pays both', async () => {
    const user = await included(4);
    const call = world.redirected(user.number, user.number, STRANGER, { durationSeconds: 180 });
    expect(await used(call)).toEqual([
      [180, '0.000000'],
      [60, '12.000000'],
    ]);
  });
});

describe('what holds when a call begins', () => {
  const call = (number: string, instant: string) => world.call(number, STRANGER, { startedAt: new Date(instant) });
  const amountOf = async (number: string, instant: string) => (await world.charged(call(number, instant)))[0]!.amount;

  it('is the tariff that the contract was on then', async () => {
    const user = await world.subscriber(minute);
    await world.changeTariff(
      user,
      await world.tariff('Other', { pricePerMinute: '3' }),
      new Date('2026-09-10T00:00:00Z'),
    );
    expect(await amountOf(user.number, '2026-09-09T23:59:59.999Z')).toBe('1.500000');
    expect(await amountOf(user.number, '2026-09-10T00:00:00Z')).toBe('3.000000');
    expect(await amountOf(user.number, '2026-09-01T00:00:00Z')).toBe('1.500000');
  });

  it('is the version of the tariff that was in force then', async () => {
    const tariff = await world.tariff('Repriced', { pricePerMinute: '1' });
    await world.tariff('Repriced', { pricePerMinute: '2' }, new Date('2026-09-10T00:00:00Z'));
    const user = await world.subscriber(tariff);
    expect(await amountOf(user.number, '2026-09-09T23:59:59.999Z')).toBe('1.000000');
    expect(await amountOf(user.number, '2026-09-10T00:00:00Z')).toBe('2.000000');
  });

  it('is the holder of the number then', async () => {
    const change = new Date('2026-09-10T00:00:00Z');
    const before = await world.subscriber(minute);
    await world.release(before.number, change);
    const after = await world.subscriber(minute, before.number, new Date('2026-09-11T00:00:00Z'));
    const payerAt = async (instant: string) => (await world.charged(call(before.number, instant)))[0];
    expect(await payerAt('2026-09-09T23:59:59.999Z')).toMatchObject({ contractId: before.contractId });
    expect(await payerAt('2026-09-10T00:00:00Z')).toMatchObject({ contractId: null, freeReason: 'NOT_OUR_SUBSCRIBER' });
    expect(await payerAt('2026-09-11T00:00:00Z')).toMatchObject({ contractId: after.contractId });
    expect(await payerAt('2025-06-01T00:00:00Z')).toMatchObject({ contractId: null });
  });

  it('must be a tariff with prices, or the call is refused alone', async () => {
    const unpriced = await world.tariff('Later', {}, new Date('2026-09-10T00:00:00Z'));
    const user = await world.subscriber(minute);
    await world.changeTariff(user, unpriced, new Date('2026-08-01T00:00:00Z'));
    const outcomes = await world.record(
      world.redirected(anna.number, user.number, STRANGER),
      call(user.number, '2026-09-01T00:00:00Z'),
      call(user.number, '2026-09-10T00:00:00Z'),
    );
    const refusal = (field: string) => ({
      outcome: 'BAD',
      errors: [{ code: 'STATE_NOT_ALLOWED', path: ['input', 'calls', expect.any(String), field] }],
    });
    expect(outcomes).toMatchObject([refusal('called'), refusal('caller'), { outcome: 'RECORDED' }]);
    expect(outcomes[0]).toMatchObject({ errors: [{ path: ['input', 'calls', '0', 'called'] }] });
  });
});

describe('charges', () => {
  it.each(['update charge set amount = amount + 1', 'delete from charge', 'truncate charge'])(
    'are kept: the database refuses “%s”',
    async (statement) => {
      await expect(open.database.rows(sql.raw(statement))).rejects.toMatchObject({ code: '23001' });
    },
  );
});
