import { sql } from 'kysely';
import type { SqlExecutor } from '../shared/database/sql-executor.js';
import { amount } from '../shared/money/money.js';
import type { Reader } from '../shared/read/reader.js';
import { chiSquaredBound, chiSquaredProbability } from './chi-squared.js';
import { type EqualChoices, expectedOf, fairnessFigure } from './fairness-figure.js';
import { figureText, shareText } from './figures.js';
import { readWeightings, type Weighting } from './read-weightings.js';
import { seesAllWeights } from './source.policy.js';
import type { SourceStatistics } from './source-statistics.js';
import type { ChoiceSums, OperatorSums } from './source-sums.js';

/** What an operator got of a source's inquiries in a period, beside what the weights say. */
export interface OperatorShare extends Omit<OperatorSums, 'byChance' | 'lost' | 'sticky' | 'byHand'> {
  readonly assignedByChance: number;
  /** How often chance drew them while another inquiry took their last place: it counts in what is expected. */
  readonly lostDraws: number;
  readonly assignedSticky: number;
  readonly assignedByHand: number;
  /**
   * Of those by chance and the lost draws, in each draw among those who were eligible then: decimal string, as are all that follow. As this
   * tells of the weights, it is null for who does not see those, and so are what is expected and weights below.
   */
  readonly expected: string | null;
  /** Of all by chance; null where there are none. */
  readonly share: string | null;
  readonly expectedShare: string | null;
  /** As it is now; null for who does not take the source's inquiries any more. */
  readonly weight: string | null;
  /** Of all weights as they are now. */
  readonly weightShare: string | null;
}

/** How far what chance gave is from what the weights say. */
export interface SourceFairness {
  /** Chi-squared: decimal string, as are all that follow but the count. */
  readonly figure: string;
  readonly degreesOfFreedom: number;
  /** How probable it is that a fair choice gives a figure this great. */
  readonly probability: string;
  /** What a fair choice stays within 99 times of 100. */
  readonly bound: string;
  readonly within: boolean;
  /** Whether there were enough choices for that to say something. */
  readonly enough: boolean;
}

const NOBODY: Omit<OperatorSums, 'operator'> = {
  byChance: 0,
  lost: 0,
  sticky: 0,
  byHand: 0,
  offered: 0,
  accepted: 0,
  declined: 0,
  notAccepted: 0,
};
/** What a fair choice stays within 99 times of 100. */
const IMPROBABLE = 0.01;
/** The rule of thumb of chi-squared tests. */
const LEAST_EXPECTED = 5;

/** What each operator got of a source's inquiries: all who were given one, could have been, or take them now. */
export async function readSourceShares(statistics: SourceStatistics, reader: Reader): Promise<OperatorShare[]> {
  const [{ operators, chosen, choices }, weights] = await Promise.all([
    choicesOf(statistics, reader),
    reader.worked('Source.weights', statistics.source, readWeightsNow),
  ]);
  const sums = new Map(statistics.sums.operators.map((one) => [one.operator, one]));
  const everybody = [...new Set([...operators, ...sums.keys(), ...(weights?.keys() ?? [])])].sort(byKey);
  const expected = await expectedOf(operators.length, choices);
  const places = new Map(operators.map((operator, place) => [operator, place]));
  const weighs = seesAllWeights(reader.actor);
  const drawn = chosen.reduce((sum, one) => sum + one, 0);
  const total = statistics.sums.operators.reduce((sum, one) => sum + one.byChance, 0);
  const totalWeight = [...(weights?.values() ?? [])].reduce((sum, weight) => sum.plus(weight), amount(0));
  return everybody.map((operator) => {
    const { byChance, lost, sticky, byHand, ...rest } = sums.get(operator) ?? { ...NOBODY, operator };
    const place = places.get(operator);
    const ownExpected = place === undefined ? 0 : expected[place]!;
    const weight = weighs ? (weights?.get(operator) ?? null) : null;
    return {
      ...rest,
      assignedByChance: byChance,
      lostDraws: lost,
      assignedSticky: sticky,
      assignedByHand: byHand,
      expected: weighs ? figureText(ownExpected) : null,
      share: shareText(byChance, total),
      expectedShare: weighs ? shareText(ownExpected, drawn) : null,
      weight,
      weightShare: weight === null ? null : shareText(weight, totalWeight),
    };
  });
}

/**
 * Whether a source's inquiries went where the weights say; null where no choice was among several, and for who does not see
 * weights: how far it is from them tells them.
 */
export async function readSourceFairness(statistics: SourceStatistics, reader: Reader): Promise<SourceFairness | null> {
  if (!seesAllWeights(reader.actor)) return null;
  const { chosen, choices } = await choicesOf(statistics, reader);
  const { figure, degreesOfFreedom, leastExpected } = await fairnessFigure(chosen, choices);
  if (degreesOfFreedom === 0) return null;
  const probability = chiSquaredProbability(figure, degreesOfFreedom);
  return {
    figure: figureText(figure),
    degreesOfFreedom,
    probability: figureText(probability),
    bound: figureText(chiSquaredBound(degreesOfFreedom, IMPROBABLE)),
    within: probability >= IMPROBABLE,
    enough: leastExpected >= LEAST_EXPECTED,
  };
}

interface Choices {
  /** Keys of all whom chance could have chosen by any of the weights. */
  readonly operators: readonly string[];
  /** How often it drew each of them. */
  readonly chosen: readonly number[];
  /** Made anew each time that they are gone over: there may be very many. */
  readonly choices: Iterable<EqualChoices>;
}

async function choicesOf({ sums }: SourceStatistics, reader: Reader): Promise<Choices> {
  const ids = [...new Set(sums.choices.map(({ weighting }) => weighting))];
  const weightings = await Promise.all(ids.map((id) => reader.worked('SourceWeighting', id, readWeightings)));
  const operators = [...new Set(weightings.flatMap((weighting) => weighting!.operatorIds))].sort(byKey);
  const places = new Map(operators.map((operator, place) => [operator, place]));
  const placed = new Map(ids.map((id, i) => [id, placedOf(weightings[i]!, places)]));
  const drawn = new Map(sums.operators.map(({ operator, byChance, lost }) => [operator, byChance + lost]));
  return {
    operators,
    chosen: operators.map((operator) => drawn.get(operator) ?? 0),
    choices: {
      *[Symbol.iterator]() {
        for (const one of sums.choices) yield chancesOf(one, placed.get(one.weighting)!);
      },
    },
  };
}

/** Weights with the places of their operators in the list of all. */
interface PlacedWeights {
  readonly places: readonly number[];
  readonly weights: readonly number[];
}

const placedOf = ({ operatorIds, weights }: Weighting, places: ReadonlyMap<string, number>): PlacedWeights => ({
  places: operatorIds.map((operator) => places.get(operator)!),
  weights: weights.map(Number),
});

function chancesOf({ eligible, count }: ChoiceSums, { places, weights }: PlacedWeights): EqualChoices {
  const found: number[] = [];
  let total = 0;
  for (let i = 0; i < places.length; i += 1) {
    if (eligible[i] !== 'e') continue;
    found.push(i);
    total += weights[i]!;
  }
  return { count, eligible: found.map((i) => places[i]!), chances: found.map((i) => weights[i]! / total) };
}

/** The weights of sources as they are now, by the keys of operators. */
async function readWeightsNow(sources: readonly string[], db: SqlExecutor): Promise<Map<string, Map<string, string>>> {
  const rows = await db.rows(sql<{ source: string; operator: string; weight: string }>`
    select w.source_id as source, w.operator_id as operator, trim_scale(w.weight) as weight
    from source_weight w where w.source_id = any(${[...sources]}::bigint[])`);
  const bySource = Map.groupBy(rows, ({ source }) => source);
  return new Map(
    [...bySource].map(([source, own]) => [source, new Map(own.map(({ operator, weight }) => [operator, weight]))]),
  );
}

const byKey = (one: string, other: string): number => one.length - other.length || (one < other ? -1 : 1);
