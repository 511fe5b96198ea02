/** Choices by chance that were made among the same operators by the same weights. */
export interface EqualChoices {
  /** Who was eligible: places in the list of all operators. */
  readonly eligible: readonly number[];
  /** The chance of each of them, together 1. */
  readonly chances: readonly number[];
  /** How many such choices. */
  readonly count: number;
}

/** How far what chance gave is from what the weights say. */
export interface FairnessFigure {
  readonly figure: number;
  readonly degreesOfFreedom: number;
}

/** Steps after which other work of the process has its turn. */
const STEPS_AT_ONCE = 5_000_000;
/** Beside its variance before, what is left of a variance when others are known is nothing. */
const NOTHING = 1e-10;

const othersTurn = () => new Promise<void>((resume) => setImmediate(resume));

/** How often each operator was to be chosen, by their chance in each choice. */
export function expectedOf(operators: number, choices: readonly EqualChoices[]): Float64Array {
  const expected = new Float64Array(operators);
  for (const { eligible, chances, count } of choices) {
    eligible.forEach((operator, i) => {
      expected[operator]! += count * chances[i]!;
    });
  }
  return expected;
}

/**
 * The chi-squared figure of choices whose chances differ from one to the next, as they do where operators fill up and go
 * home: the distances between chosen and expected, measured by their covariance under the chances of each choice. Where
 * all choices were made among the same operators by the same weights it is Pearson’s, the sum of
 * `(chosen − expected)² ÷ expected`; Pearson’s of other choices is too small, since who alone was eligible was no chance.
 *
 * @param chosen how often each operator was
 */
export async function fairnessFigure(
  chosen: ArrayLike<number>,
  choices: readonly EqualChoices[],
): Promise<FairnessFigure> {
  const size = chosen.length;
  const expected = expectedOf(size, choices);
  const covariance = await covarianceOf(size, choices);
  const distance = Float64Array.from(expected, (one, i) => chosen[i]! - one);
  return rivalsOf(size, choices).reduce(
    (total, rivals) => {
      // All distances of rivals add up to zero: the last says nothing that the others do not.
      const own = figureOf(rivals.slice(0, -1), distance, covariance, size);
      return {
        figure: total.figure + own.figure,
        degreesOfFreedom: total.degreesOfFreedom + own.degreesOfFreedom,
      };
    },
    { figure: 0, degreesOfFreedom: 0 },
  );
}

async function covarianceOf(size: number, choices: readonly EqualChoices[]): Promise<Float64Array> {
  const covariance = new Float64Array(size * size);
  let steps = 0;
  for (const { eligible, chances, count } of choices) {
    steps += eligible.length ** 2;
    if (steps > STEPS_AT_ONCE) {
      await othersTurn();
      steps = 0;
    }
    for (let i = 0; i < eligible.length; i += 1) {
      const row = eligible[i]! * size;
      const weighed = count * chances[i]!;
      covariance[row + eligible[i]!]! += weighed;
      for (let j = 0; j < eligible.length; j += 1) covariance[row + eligible[j]!]! -= weighed * chances[j]!;
    }
  }
  return covariance;
}

/** Operators by who competed with whom, also by way of others; who never had a rival is left out. */
function rivalsOf(size: number, choices: readonly EqualChoices[]): number[][] {
  const leaders = Array.from({ length: size }, (_, i) => i);
  const leaderOf = (one: number): number => {
    let leader = one;
    while (leaders[leader] !== leader) leader = leaders[leader]!;
    leaders[one] = leader;
    return leader;
  };
  for (const { eligible } of choices) {
    for (const other of eligible.slice(1)) leaders[leaderOf(other)] = leaderOf(eligible[0]!);
  }
  const groups = Map.groupBy(leaders.keys(), leaderOf);
  return [...groups.values()].filter((group) => group.length > 1);
}

/** Distances measured by their covariance, by Cholesky’s decomposition of it. */
function figureOf(members: readonly number[], distance: Float64Array, covariance: Float64Array, size: number) {
  const rows: Float64Array[] = [];
  const solved: number[] = [];
  let figure = 0;
  for (const [i, member] of members.entries()) {
    const row = new Float64Array(i + 1);
    for (let j = 0; j <= i; j += 1) {
      let left = covariance[member * size + members[j]!]!;
      const other = j === i ? row : rows[j]!;
      for (let k = 0; k < j; k += 1) left -= row[k]! * other[k]!;
      if (j < i) row[j] = other[j] === 0 ? 0 : left / other[j]!;
      else row[i] = left > NOTHING * covariance[member * size + member]! ? Math.sqrt(left) : 0;
    }
    const left = row.reduce((rest, value, k) => (k < i ? rest - value * solved[k]! : rest), distance[member]!);
    solved.push(row[i] === 0 ? 0 : left / row[i]!);
    figure += solved[i]! ** 2;
    rows.push(row);
  }
  return { figure, degreesOfFreedom: rows.filter((row, i) => row[i] !== 0).length };
}
