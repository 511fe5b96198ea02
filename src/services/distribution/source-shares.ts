import { sql } from 'kysely';
import type { SqlExecutor } from '../shared/database/sql-executor.js';
import type { Reader } from '../shared/read/reader.js';
import { chiSquaredBound, chiSquaredProbability } from './chi-squared.js';
import { type EqualChoices, expectedOf, fairnessFigure } from './fairness-figure.js';
import { figureText, shareText } from './figures.js';
import { readWeightings, type Weighting } from './read-weightings.js';
import type { SourceStatistics } from './source-statistics.js';
import type { ChoiceSums, OperatorSums } from './source-sums.js';

/** What an operator got of a source's inquiries in a period, beside what the weights say. */
export interface OperatorShare extends Omit<OperatorSums, 'byChance' | 'sticky' | 'byHand'> {
  readonly assignedByChance: number;
  readonly assignedSticky: number;
  readonly assignedByHand: number;
  /** Of those by chance, in each choice among those who were eligible then: decimal string, as are all that follow. */
  readonly expected: string;
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

/** What each operator got of a source's inquiries who was chosen, could have been, or takes them now. */
export async function readSourceShares(statistics: SourceStatistics, reader: Reader): Promise<OperatorShare[]> {
  const [{ operators, chosen, choices }, weights] = await Promise.all([
    choicesOf(statistics, reader),
    reader.worked('Source.weights', statistics.source, readWeightsNow),
  ]);
  const everybody = [...new Set([...operators, ...(weights?.keys() ?? [])])].sort(byKey);
  const expected = expectedOf(operators.length, choices);
  const places = new Map(operators.map((operator, place) => [operator, place]));
  const sums = new Map(statistics.sums.operators.map((one) => [one.operator, one]));
  const total = chosen.reduce((sum, one) => sum + one, 0);
  const totalWeight = [...(weights?.values() ?? [])].reduce((sum, weight) => sum + Number(weight), 0);
  return everybody.map((operator) => {
    const { byChance, sticky, byHand, ...rest } = sums.get(operator) ?? { ...NOBODY, operator };
    const place = places.get(operator);
    const ownExpected = place === undefined ? 0 : expected[place]!;
    const weight = weights?.get(operator) ?? null;
    return {
      ...rest,
      assignedByChance: byChance,
      assignedSticky: sticky,
      assignedByHand: byHand,
      expected: figureText(ownExpected),
      share: shareText(byChance, total),
      expectedShare: shareText(ownExpected, total),
      weight,
      weightShare: weight === null ? null : shareText(weight, totalWeight),
    };
  });
}

/** Whether a source's inquiries went where the weights say; null where no choice was among several. */
export async function readSourceFairness(statistics: SourceStatistics, reader: Reader): Promise<SourceFairness | null> {
  const { operators, chosen, choices } = await choicesOf(statistics, reader);
  const { figure, degreesOfFreedom } = await fairnessFigure(chosen, choices);
  if (degreesOfFreedom === 0) return null;
  const probability = chiSquaredProbability(figure, degreesOfFreedom);
  return {
    figure: figureText(figure),
    degreesOfFreedom,
    probability: figureText(probability),
    bound: figureText(chiSquaredBound(degreesOfFreedom, IMPROBABLE)),
    within: probability >= IMPROBABLE,
    enough: expectedOf(operators.length, choices).every((one) => one === 0 || one >= LEAST_EXPECTED),
  };
}

interface Choices {
  /** Keys of all who were chosen by chance or could have been. */
  readonly operators: readonly string[];
  /** How often each of them was. */
  readonly chosen: readonly number[];
  readonly choices: readonly EqualChoices[];
}

async function choicesOf({ sums }: SourceStatistics, reader: Reader): Promise<Choices> {
  const ids = [...new Set(sums.choices.map(({ weighting }) => weighting))];
  const found = await Promise.all(ids.map((id) => reader.worked('SourceWeighting', id, readWeightings)));
  const weightings = new Map(ids.map((id, i) => [id, found[i]!]));
  const places = new Map<string, number>();
  const placeOf = (operator: string) => {
    const place = places.get(operator) ?? places.size;
    places.set(operator, place);
    return place;
  };
  const choices = sums.choices.map((one) => chancesOf(one, weightings.get(one.weighting)!, placeOf));
  const operators = [...places.keys()];
  const byOperator = new Map(sums.operators.map(({ operator, byChance }) => [operator, byChance]));
  return { operators, chosen: operators.map((operator) => byOperator.get(operator) ?? 0), choices };
}

function chancesOf(
  { eligible, count }: ChoiceSums,
  { operatorIds, weights }: Weighting,
  placeOf: (operator: string) => number,
): EqualChoices {
  const places = operatorIds.flatMap((_, i) => (eligible[i] === 'e' ? [i] : []));
  const total = places.reduce((sum, i) => sum + Number(weights[i]), 0);
  return {
    count,
    eligible: places.map((i) => placeOf(operatorIds[i]!)),
    chances: places.map((i) => Number(weights[i]) / total),
  };
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
