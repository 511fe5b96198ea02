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
  /** How often whoever was least likely to be chosen, of all who were ever eligible, was to be. */
  readonly leastExpected: number;
}

/** Of more operators than these, neighbours are taken together: what is worked out grows with the square. */
const MOST_APART = 50;
/** Steps after which other work of the process has its turn. */
const STEPS_AT_ONCE = 2_000_000;
/** Beside its variance before, what is left of a variance when others are known is nothing. */
const NOTHING = 1e-10;

const othersTurn = () => new Promise<void>((resume) => setImmediate(resume));

/** Goes over choices, and now and then lets other work have its turn. */
async function visit(choices: Iterable<EqualChoices>, each: (one: EqualChoices) => void): Promise<void> {
  let steps = 0;
  for (const one of choices) {
    each(one);
    steps += one.eligible.length + Math.min(one.eligible.length, MOST_APART) ** 2;
    if (steps < STEPS_AT_ONCE) continue;
    await othersTurn();
    steps = 0;
  }
}

/** How often each operator was to be chosen, by their chance in each choice. */
export async function expectedOf(operators: number, choices: Iterable<EqualChoices>): Promise<Float64Array> {
  const expected = new Float64Array(operators);
  await visit(choices, ({ eligible, chances, count }) => {
    for (let i = 0; i < eligible.length; i += 1) expected[eligible[i]!]! += count * chances[i]!;
  });
  return expected;
}

/**
 * The chi-squared figure of choices whose chances differ from one to the next, as they do where operators fill up and go
 * home: the distances between chosen and expected, measured by their covariance under the chances of each choice. Where
 * all choices were made among the same operators by the same weights it is Pearson’s, the sum of
 * `(chosen − expected)² ÷ expected`; Pearson’s of other choices is too small, since who alone was eligible was no chance.
 *
 * @param chosen how often each operator was; of more than 50, neighbours are taken together
 */
export async function fairnessFigure(
  chosen: ArrayLike<number>,
  choices: Iterable<EqualChoices>,
): Promise<FairnessFigure> {
  const size = Math.min(chosen.length, MOST_APART);
  const groupOf = (operator: number) => Math.floor((operator * size) / chosen.length);
  const distance = new Float64Array(size);
  for (let i = 0; i < chosen.length; i += 1) distance[groupOf(i)]! += chosen[i]!;
  const covariance = new Float64Array(size * size);
  const rivals = new Rivals(size);
  const chance = new Float64Array(size);
  const expected = new Float64Array(chosen.length);
  await visit(choices, ({ eligible, chances, count }) => {
    const met: number[] = [];
    for (let i = 0; i < eligible.length; i += 1) {
      expected[eligible[i]!]! += count * chances[i]!;
      const group = groupOf(eligible[i]!);
      if (chance[group] === 0) met.push(group);
      chance[group]! += chances[i]!;
    }
    for (let i = 0; i < met.length; i += 1) {
      const one = met[i]!;
      const row = one * size;
      const weighed = count * chance[one]!;
      distance[one]! -= weighed;
      covariance[row + one]! += weighed;
      for (let j = 0; j < met.length; j += 1) covariance[row + met[j]!]! -= weighed * chance[met[j]!]!;
    }
    rivals.meet(met);
    for (const one of met) chance[one] = 0;
  });
  // All distances of rivals add up to zero: the last says nothing that the others do not.
  const figures = rivals.all.map((group) => figureOf(group.slice(0, -1), distance, covariance, size));
  return {
    figure: figures.reduce((sum, one) => sum + one.figure, 0),
    degreesOfFreedom: figures.reduce((sum, one) => sum + one.degreesOfFreedom, 0),
    leastExpected: expected.reduce((least, one) => (one > 0 && one < least ? one : least), Number.POSITIVE_INFINITY),
  };
}

/** Who competed with whom, also by way of others. */
class Rivals {
  readonly #leaders: number[];

  constructor(size: number) {
    this.#leaders = Array.from({ length: size }, (_, i) => i);
  }

  meet([first, ...others]: readonly number[]): void {
    for (const other of others) this.#leaders[this.#leaderOf(other)] = this.#leaderOf(first!);
  }

  /** Those who had a rival, by who competed with whom. */
  get all(): number[][] {
    const groups = Map.groupBy(this.#leaders.keys(), (one) => this.#leaderOf(one));
    return [...groups.values()].filter((group) => group.length > 1);
  }

  #leaderOf(one: number): number {
    let leader = one;
    while (this.#leaders[leader] !== leader) leader = this.#leaders[leader]!;
    this.#leaders[one] = leader;
    return leader;
  }
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
