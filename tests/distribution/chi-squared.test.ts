import { chiSquaredBound, chiSquaredProbability } from '../../src/services/distribution/chi-squared.js';
import { type EqualChoices, expectedOf, fairnessFigure } from '../../src/services/distribution/fairness-figure.js';
import { Draw } from '../support/draw.js';

describe('the chi-squared distribution', () => {
  // https://www.itl.nist.gov/div898/handbook/eda/section3/eda3674.htm
  it.each([
    [1, 0.1, 2.706],
    [1, 0.05, 3.841],
    [1, 0.01, 6.635],
    [1, 0.001, 10.828],
    [2, 0.01, 9.21],
    [5, 0.9, 1.61],
    [5, 0.99, 0.554],
    [9, 0.01, 21.666],
    [10, 0.05, 18.307],
    [30, 0.001, 59.703],
    [49, 0.01, 74.919],
    [60, 0.95, 43.188],
    [100, 0.01, 135.807],
    [100, 0.99, 70.065],
  ])('with %i degrees of freedom reaches, with probability %d, %d', (degrees, probability, bound) => {
    expect(chiSquaredBound(degrees, probability)).toBeCloseTo(bound, 3);
    expect(chiSquaredProbability(bound, degrees)).toBeCloseTo(probability, 3);
  });

  it('has probabilities that are known exactly with two degrees of freedom', () => {
    for (const figure of [0.001, 0.5, 2, 3.999, 4.001, 30, 700]) {
      const exact = Math.exp(-figure / 2);
      expect(Math.abs(chiSquaredProbability(figure, 2) / exact - 1)).toBeLessThan(1e-12);
    }
  });

  it('begins with certainty and ends with nothing', () => {
    expect(chiSquaredProbability(0, 7)).toBe(1);
    expect(chiSquaredProbability(100_000, 7)).toBe(0);
    // The median lies a little under the mean.
    expect(chiSquaredProbability(4_999.333, 5_000)).toBeCloseTo(0.5, 5);
  });
});

const pearson = (chosen: readonly number[], expected: ArrayLike<number>): number =>
  chosen.reduce((sum, one, i) => sum + (one - expected[i]!) ** 2 / expected[i]!, 0);

/** Makes the choices by chance, and counts who was chosen. */
function make(operators: number, choices: readonly EqualChoices[], draw: Draw): number[] {
  const chosen = Array.from({ length: operators }, () => 0);
  for (const { eligible, chances, count } of choices) {
    for (let n = 0; n < count; n += 1) {
      let point = draw.fraction();
      const place = chances.findIndex((chance) => {
        point -= chance;
        return point < 0;
      });
      chosen[eligible[place === -1 ? eligible.length - 1 : place]!]! += 1;
    }
  }
  return chosen;
}

describe('the figure of fairness', () => {
  it('is Pearson’s where all choices are among the same operators', async () => {
    const chosen = [12, 31, 22, 35];
    const choices = [{ eligible: [0, 1, 2, 3], chances: [0.1, 0.3, 0.2, 0.4], count: 100 }];
    const { figure, degreesOfFreedom } = await fairnessFigure(chosen, choices);
    expect(figure).toBeCloseTo(pearson(chosen, [10, 30, 20, 40]), 9);
    expect(degreesOfFreedom).toBe(3);
  });

  it('learns nothing from choices among one', async () => {
    const among = [{ eligible: [0, 1], chances: [0.25, 0.75], count: 40 }];
    const alone = { eligible: [0], chances: [1], count: 1_000 };
    const other = { eligible: [2], chances: [1], count: 7 };
    const figure = await fairnessFigure([15, 25, 0], among);
    expect(await fairnessFigure([1_015, 25, 7], [...among, alone, other])).toEqual({ ...figure, leastExpected: 7 });
    expect(await fairnessFigure([0, 0, 7], [other])).toEqual({ figure: 0, degreesOfFreedom: 0, leastExpected: 7 });
  });

  it('adds up what operators show who never compete with each other', async () => {
    const one = { eligible: [0, 1], chances: [0.5, 0.5], count: 100 };
    const other = { eligible: [2, 3, 4], chances: [0.2, 0.3, 0.5], count: 100 };
    const { figure, degreesOfFreedom } = await fairnessFigure([60, 40, 25, 30, 45], [one, other]);
    expect(figure).toBeCloseTo(4 + 1.25 + 0 + 0.5, 9);
    expect(degreesOfFreedom).toBe(3);
  });

  it('takes neighbours together where there are many, and stays what it is of those', async () => {
    const chances = Array.from({ length: 100 }, (_, i) => (i + 1) / 5_050);
    const choices = [{ eligible: chances.map((_, i) => i), chances, count: 50_500 }];
    const chosen = chances.map((_, i) => 10 * (i + 1) + (i % 4 < 2 ? 5 : -5));
    const { figure, degreesOfFreedom, leastExpected } = await fairnessFigure(chosen, choices);
    const pairs = Array.from({ length: 50 }, (_, i) => i);
    const sumOf = (numbers: readonly number[], i: number) => numbers[2 * i]! + numbers[2 * i + 1]!;
    const together = pearson(
      pairs.map((i) => sumOf(chosen, i)),
      pairs.map((i) => 50_500 * sumOf(chances, i)),
    );
    expect(figure).toBeCloseTo(together, 6);
    expect([degreesOfFreedom, leastExpected]).toEqual([49, 10]);
  });

  const MIXED: readonly EqualChoices[] = [
    { eligible: [0, 1, 2, 3], chances: [0.1, 0.2, 0.3, 0.4], count: 60 },
    { eligible: [0, 1], chances: [1 / 3, 2 / 3], count: 120 },
    { eligible: [2, 3], chances: [3 / 7, 4 / 7], count: 90 },
    { eligible: [1, 3], chances: [0.9, 0.1], count: 50 },
    { eligible: [0], chances: [1], count: 50 },
  ];

  it('is of a fair choice what it should be, whoever was eligible when; Pearson’s would be far too small', async () => {
    const draw = new Draw(11);
    const figures: number[] = [];
    const pearsons: number[] = [];
    for (let run = 0; run < 1_000; run += 1) {
      const chosen = make(4, MIXED, draw);
      figures.push((await fairnessFigure(chosen, MIXED)).figure);
      pearsons.push(pearson(chosen, await expectedOf(4, MIXED)));
    }
    const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
    const beyond = (probability: number) =>
      figures.filter((one) => one > chiSquaredBound(3, probability)).length / figures.length;
    expect(mean(figures)).toBeCloseTo(3, 0);
    expect(beyond(0.5)).toBeCloseTo(0.5, 1);
    expect(beyond(0.1)).toBeCloseTo(0.1, 1);
    expect(beyond(0.01)).toBeLessThan(0.02);
    expect(beyond(0.01)).toBeGreaterThan(0.004);
    expect(mean(pearsons)).toBeLessThan(2);
  });

  it('sees a choice that is not fair', async () => {
    const unfair = MIXED.map((one) =>
      one.eligible.length === 2 ? { ...one, chances: [one.chances[0]! + 0.08, one.chances[1]! - 0.08] } : one,
    );
    const times = 8;
    const many = (choices: readonly EqualChoices[]) => choices.map((one) => ({ ...one, count: one.count * times }));
    const { figure } = await fairnessFigure(make(4, many(unfair), new Draw(12)), many(MIXED));
    expect(figure).toBeGreaterThan(chiSquaredBound(3, 0.01));
  });
});
