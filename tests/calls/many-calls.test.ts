import { CallStatus } from '../../src/entities/calls/call-status.enum.js';
import type { NewCall } from '../../src/services/calls/new-call.js';
import { openDatabase } from '../support/subscribers.js';
import { expectSoundBooks, type Prices, STRANGER, World } from './world.js';

/** Whom a model knows: an operator, or a subscriber by the tariffs that they had, the later first. */
interface Person {
  readonly number: string;
  readonly contractId?: string;
  readonly tariffs: readonly (readonly [from: number, prices: Required<Prices>])[];
}

const NIGHT = Date.parse('2026-09-10T00:00:00+03:00');

/** A repeatable source of whole numbers below a bound. */
function dice(seed: number): (bound: number) => number {
  let state = BigInt(seed);
  return (bound) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n;
    return Number((state >> 33n) % BigInt(bound));
  };
}

/** What calls cost whom, told the long way: second by second, in millionths of a rouble times sixty. */
class Model {
  readonly #used = new Map<string, number>();

  constructor(private readonly people: readonly Person[]) {}

  /** In the form of the product's charges: contract, billed, included, amount. */
  charges(call: NewCall): unknown[] {
    if (call.status === CallStatus.REJECTED || call.status === CallStatus.MISSED) return [];
    const find = (number: string) => this.people.find((person) => person.number === number);
    const isOperator = (person: Person | undefined) => person !== undefined && person.contractId === undefined;
    const [caller, called] = [find(call.caller), find(call.called)];
    const free = (person: Person | undefined) => [person?.contractId ?? null, 0, 0, '0.000000'];
    const charges = [isOperator(caller) || isOperator(called) || !caller ? free(caller) : this.#rate(caller, call)];
    if (call.redirectedTo && called && !isOperator(called)) {
      charges.push(isOperator(find(call.redirectedTo)) ? free(called) : this.#rate(called, call));
    }
    return charges;
  }

  #rate(payer: Person, call: NewCall): unknown[] {
    const prices = payer.tariffs.find(([from]) => from <= new Date(call.startedAt).getTime())![1];
    const local = new Date(new Date(call.startedAt).getTime() + 3 * 3_600_000).toISOString();
    const month = `${payer.number} ${local.slice(0, 7)}`;
    let billed = 0;
    for (let second = 0; second < call.durationSeconds; second += prices.billingStepSeconds) {
      billed += prices.billingStepSeconds;
    }
    if (billed > 0) billed = Math.max(billed, prices.minimumSeconds);
    let [included, cost] = [0, 0n];
    for (let second = 0; second < billed; second += 1) {
      const used = this.#used.get(month) ?? 0;
      if (used < prices.includedMinutes * 60) {
        included += 1;
        this.#used.set(month, used + 1);
      } else {
        cost += BigInt(prices.pricePerMinute.replace('.', ''));
      }
    }
    const millionths = String((cost * 2n + 60n) / 120n).padStart(7, '0');
    return [payer.contractId, billed, included, `${millionths.slice(0, -6)}.${millionths.slice(-6)}`];
  }
}

it.each([1, 2, 3])('any calls are charged as a model that is told another way says (%i)', async (seed) => {
  const { database, close } = await openDatabase();
  try {
    const world = new World(database);
    const roll = dice(seed);
    const prices = (): Required<Prices> => ({
      pricePerMinute: `${roll(9)}.${String(roll(1_000_000)).padStart(6, '0')}`,
      billingStepSeconds: 1 + roll(60),
      minimumSeconds: roll(90),
      includedMinutes: roll(3) * 4,
    });
    const people: Person[] = [];
    for (let i = 0; i < 6; i += 1) {
      const [before, after] = [prices(), prices()];
      const subscriber = await world.subscriber(await world.tariff(`Before ${i}`, before));
      await world.changeTariff(subscriber, await world.tariff(`After ${i}`, after), new Date(NIGHT));
      people.push({
        ...subscriber,
        tariffs: [
          [NIGHT, after],
          [0, before],
        ],
      });
    }
    for (let i = 0; i < 2; i += 1) people.push({ ...(await world.operator()), tariffs: [] });
    const numbers = [...people.map(({ number }) => number), STRANGER, '101'];
    const number = () => numbers[roll(numbers.length)]!;
    const calls = Array.from({ length: 400 }, (): NewCall => {
      const startedAt = new Date(Date.parse('2026-08-25T00:00:00Z') + roll(40 * 86_400) * 1_000);
      const parts = { startedAt, durationSeconds: roll(200) };
      const kind = roll(5);
      if (kind === 0)
        return world.call(number(), number(), { startedAt, durationSeconds: 0, status: CallStatus.MISSED });
      return kind < 3 ? world.redirected(number(), number(), number(), parts) : world.call(number(), number(), parts);
    });
    const model = new Model(people);
    for (let i = 0; i < calls.length; i += 90) {
      const batch = calls.slice(i, i + 90);
      const outcomes = await world.record(...batch);
      for (const [k, call] of batch.entries()) {
        const outcome = outcomes[k]!;
        const charges = outcome.outcome === 'BAD' ? outcome : await world.chargesOf(outcome.callId);
        const told = Array.isArray(charges)
          ? charges.map((one) => [one.contractId, one.billedSeconds, one.includedSeconds, one.amount])
          : charges;
        expect([call, told]).toEqual([call, model.charges(call)]);
      }
    }
    await expectSoundBooks(database);
  } finally {
    await close();
  }
});
