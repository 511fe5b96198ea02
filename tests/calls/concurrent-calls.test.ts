import { sql } from 'kysely';
import { recordPayment } from '../../src/services/billing/record-payment.js';
import type { NewCall } from '../../src/services/calls/new-call.js';
import type { CallOutcome } from '../../src/services/calls/record-calls.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { type OpenDatabase, openDatabase } from '../support/subscribers.js';
import { expectSoundBooks, STRANGER, World } from './world.js';

let open: OpenDatabase;
let world: World;

beforeEach(async () => {
  open = await openDatabase();
  world = new World(open.database);
});

afterEach(async () => {
  await expectSoundBooks(open.database);
  await open.close();
});

const recorded = (outcomes: readonly CallOutcome[]) => outcomes.filter(({ outcome }) => outcome === 'RECORDED').length;
/** The same items in another order, the same for the same seed. */
const shuffled = <Item>(items: readonly Item[], seed: number): Item[] =>
  items
    .map((item, i) => [Math.sin((i + 1) * (seed + 1) * 7_919) % 1, item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);

describe('batches that come in at the same time', () => {
  it('record each call once, whatever the order in which each has them', async () => {
    const tariff = await world.tariff('Included', { pricePerMinute: '6', includedMinutes: 30 });
    const people = await Promise.all(Array.from({ length: 6 }, () => world.subscriber(tariff)));
    const operator = await world.operator();
    const calls: NewCall[] = Array.from({ length: 300 }, (_, i) => {
      const caller = people[i % 6]!.number;
      const called = people[(i * 5 + 1) % 6]!.number;
      const startedAt = new Date(Date.UTC(2026, 8, 1 + (i % 28), 9));
      if (i % 7 === 0) return world.redirected(caller, called, STRANGER, { startedAt });
      return world.call(i % 5 === 0 ? STRANGER : caller, i % 11 === 0 ? operator.number : called, { startedAt });
    });
    const batches = Array.from({ length: 8 }, (_, seed) => shuffled(calls, seed));
    const outcomes = await Promise.all(batches.map((batch) => world.record(...batch)));
    expect(outcomes.map(recorded).reduce((a, b) => a + b)).toBe(300);
    for (const [i, batch] of outcomes.entries()) {
      const byCall = new Map(batches[i]!.map((call, k) => [call.externalId, batch[k]!]));
      const [first] = outcomes;
      for (const [k, call] of batches[0]!.entries()) {
        expect(byCall.get(call.externalId)).toMatchObject({ callId: (first![k] as { callId: string }).callId });
      }
    }
    const [{ count } = { count: '' }] = await open.database.rows<{ count: string }>(sql`select count(*) from call`);
    expect(count).toBe('300');
    expect(world.attempts).toBe(batches.length);
  });

  it('never wait for each other in a circle where no contract’s lock keeps them apart', async () => {
    const operators = await Promise.all(Array.from({ length: 5 }, () => world.operator()));
    const calls = Array.from({ length: 400 }, (_, i) =>
      world.call(operators[i % 5]!.number, operators[(i * 3 + 1) % 5]!.number, {
        startedAt: new Date(Date.UTC(2026, 8, 1 + (i % 28), 9)),
      }),
    );
    const batches = Array.from({ length: 10 }, (_, seed) => shuffled(calls, seed).slice(0, 300));
    const outcomes = await Promise.all(batches.map((batch) => world.record(...batch)));
    const distinct = new Set(batches.flat().map(({ externalId }) => externalId));
    expect(outcomes.map(recorded).reduce((a, b) => a + b)).toBe(distinct.size);
    expect(world.attempts).toBe(batches.length);
  });

  it('lose none of a contract’s included seconds, and use none twice', async () => {
    const user = await world.subscriber(await world.tariff('Included', { pricePerMinute: '6', includedMinutes: 30 }));
    const batches = Array.from({ length: 20 }, () =>
      Array.from({ length: 5 }, () => world.call(user.number, STRANGER, { durationSeconds: 37 })),
    );
    await Promise.all(batches.map((batch) => world.record(...batch)));
    // 3,700 seconds, of which 1,800 are included, at a tenth of a rouble each.
    expect(await world.balance(user)).toBe('-190.000000');
  });

  it('use included seconds up in the order of the calls’ keys', async () => {
    const user = await world.subscriber(await world.tariff('Included', { pricePerMinute: '6', includedMinutes: 20 }));
    await Promise.all(
      Array.from({ length: 16 }, (_, i) =>
        world.record(
          ...Array.from({ length: 6 }, (_, k) => world.call(user.number, STRANGER, { durationSeconds: 10 + i + k })),
        ),
      ),
    );
    const charges = await open.database.rows<{ billed: number; included: number }>(sql`
      select billed_seconds as billed, included_seconds as included from charge order by call_id`);
    let left = 1_200;
    for (const { billed, included } of charges) {
      expect(included).toBe(Math.min(billed, left));
      left -= included;
    }
    expect(left).toBe(0);
  });

  it('go along with payments for the same contracts', async () => {
    const tariff = await world.tariff('Minute', { pricePerMinute: '1' });
    const people = await Promise.all(Array.from({ length: 4 }, () => world.subscriber(tariff)));
    const pay = (n: number) =>
      open.work((work) =>
        recordPayment(work, {
          contractId: encodeId('Contract', people[n % 4]!.contractId),
          amount: '10',
          idempotencyKey: String(n),
        }),
      );
    await Promise.all(
      Array.from({ length: 24 }, (_, n) =>
        n % 2 === 0
          ? world.record(...shuffled(people, n).map(({ number }) => world.call(number, STRANGER)))
          : pay((n - 1) / 2),
      ),
    );
    // Twelve calls of a minute each, three payments each.
    expect(await Promise.all(people.map((one) => world.balance(one)))).toEqual(Array(4).fill('18.000000'));
  });
});
