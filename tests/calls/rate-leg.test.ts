import { type LegPrices, rateLeg } from '../../src/services/calls/rate-leg.js';

const prices = (pricePerMinute: string, billingStepSeconds = 1, minimumSeconds = 0): LegPrices => ({
  pricePerMinute,
  billingStepSeconds,
  minimumSeconds,
});

/** A repeatable source of numbers from 0 to below 1. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

/** The rule again, in another way: steps are counted off one by one, money is whole millionths. */
function countOff(seconds: number, { pricePerMinute, billingStepSeconds, minimumSeconds }: LegPrices, left: number) {
  let billed = 0;
  while (billed < seconds) billed += billingStepSeconds;
  if (seconds > 0 && billed < minimumSeconds) billed = minimumSeconds;
  let included = 0;
  while (included < billed && included < left) included += 1;
  const [whole, fraction = ''] = pricePerMinute.split('.');
  const millionths = BigInt(`${whole}${fraction.padEnd(6, '0')}`) * BigInt(billed - included);
  const rest = millionths % 60n;
  const rounded = millionths / 60n + (rest >= 30n ? 1n : 0n);
  const digits = String(rounded).padStart(7, '0');
  return { billedSeconds: billed, includedSeconds: included, amount: `${digits.slice(0, -6)}.${digits.slice(-6)}` };
}

describe('rating a leg', () => {
  it.each([
    ['nothing said costs nothing, whatever the minimum', 0, prices('1.50', 60, 60), 0, 0, 0, '0.000000'],
    ['by the second', 11, prices('1.50'), 0, 11, 0, '0.275000'],
    ['a started step is a whole one', 61, prices('0.90', 60), 0, 120, 0, '1.800000'],
    ['a full step is no more than that', 120, prices('0.90', 60), 0, 120, 0, '1.800000'],
    ['less than the minimum', 1, prices('2.00', 1, 3), 0, 3, 0, '0.100000'],
    ['the minimum is not rounded up to a step', 1, prices('6', 7, 20), 0, 20, 0, '2.000000'],
    ['a step beyond the minimum', 21, prices('6', 7, 20), 0, 21, 0, '2.100000'],
    ['half a millionth goes up', 1, prices('0.00003'), 0, 1, 0, '0.000001'],
    ['less than half a millionth goes down', 1, prices('0.000029'), 0, 1, 0, '0.000000'],
    ['a third', 20, prices('1.000001'), 0, 20, 0, '0.333334'],
    ['all of it included', 60, prices('2'), 60, 60, 60, '0.000000'],
    ['a part of it included', 60, prices('2'), 45, 60, 45, '0.500000'],
    ['what is included is taken from the billed seconds', 61, prices('6', 60), 90, 120, 90, '3.000000'],
    ['more was used than is included now', 60, prices('2'), -300, 60, 0, '2.000000'],
    ['a free tariff', 600, prices('0'), 0, 600, 0, '0.000000'],
    ['a sum beyond what a float holds', 86_400, prices('99999999999.999999'), 0, 86_400, 0, '143999999999999.998560'],
  ])('%s', (_what, seconds, tariff, left, billedSeconds, includedSeconds, amount) => {
    expect(rateLeg(seconds, tariff, left)).toEqual({ billedSeconds, includedSeconds, amount });
  });

  it('agrees with counting off, for any call and any tariff', () => {
    const next = random(20_260_901);
    const upTo = (most: number) => Math.floor(next() * (most + 1));
    for (let i = 0; i < 3_000; i += 1) {
      const tariff = prices(`${upTo(20)}.${String(upTo(999_999)).padStart(6, '0')}`, 1 + upTo(90), upTo(90));
      const [seconds, left] = [upTo(1_000), upTo(1_200)];
      expect({ seconds, left, tariff, rated: rateLeg(seconds, tariff, left) }).toEqual({
        seconds,
        left,
        tariff,
        rated: countOff(seconds, tariff, left),
      });
    }
  });
});
