/**
 * Who gets an inquiry, as plain lists: the rules of requirements, part 7, of issue 5 and of the graph's own descriptions, for
 * tests to compare the product with. It imports nothing from `src/`; weights are exact.
 */

export type State =
  | 'ELIGIBLE'
  | 'INACTIVE'
  | 'ZERO_WEIGHT'
  | 'LACKS_SKILL'
  | 'OUT_OF_HOURS'
  | 'ABSENT'
  | 'AT_LIMIT'
  | 'AWAITED'
  | 'PASSED_OVER';

/** Hours per day of the week, `08:00-18:00`; null is a day off. */
export type Week = Readonly<Record<string, string | null>>;

/** Somebody who takes inquiries of a source. */
export interface ModelCandidate {
  readonly id: string;
  /** Both as an operator and as a user. */
  readonly active: boolean;
  /** A decimal. */
  readonly weight: string;
  readonly skills: readonly string[];
  /** Null for always. */
  readonly schedule: Week | null;
  readonly presence: string;
  readonly load: number;
  readonly maxLoad: number;
  /** How often they let this inquiry pass. */
  readonly passes: number;
  /** Whether they were the last to have it, and let it pass. */
  readonly passedLast: boolean;
  /** Whether others wait for them who came before. */
  readonly awaited: boolean;
}

/** What an inquiry asks for, and when. */
export interface Asking {
  readonly skills: readonly string[];
  readonly asksPresence: boolean;
  /** An instant, in milliseconds. */
  readonly at: number;
}

const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
/** The organisation's time is Moscow's, which knows no summer time. */
const AHEAD_MS = 3 * 3_600_000;
const DRAWS = 2n ** 53n;
const MOST_DECIMALS = 6;

/** What stands in the way of somebody first, whoever else could take it. */
function stateOf(candidate: ModelCandidate, { skills, asksPresence, at }: Asking): State {
  if (!candidate.active) return 'INACTIVE';
  if (millionths(candidate.weight) === 0n) return 'ZERO_WEIGHT';
  if (skills.some((skill) => !candidate.skills.includes(skill))) return 'LACKS_SKILL';
  if (candidate.schedule !== null && !isInHours(candidate.schedule, at)) return 'OUT_OF_HOURS';
  if (asksPresence && candidate.presence !== 'ONLINE' && candidate.presence !== 'WORKING') return 'ABSENT';
  return candidate.load < candidate.maxLoad ? 'ELIGIBLE' : 'AT_LIMIT';
}

/**
 * What stands in the way of each, in their order. Who let it pass comes after who let it pass less often, and who did last
 * after all others.
 */
export function statesOf(candidates: readonly ModelCandidate[], asking: Asking): State[] {
  const states = candidates.map((candidate) => {
    const state = stateOf(candidate, asking);
    return state === 'ELIGIBLE' && candidate.awaited ? 'AWAITED' : state;
  });
  const others = candidates.filter(({ passedLast }, i) => states[i] === 'ELIGIBLE' && !passedLast);
  if (others.length === 0) return states;
  const fewest = Math.min(...others.map(({ passes }) => passes));
  return states.map((state, i) => {
    const { passedLast, passes } = candidates[i]!;
    return state === 'ELIGIBLE' && (passedLast || passes > fewest) ? 'PASSED_OVER' : state;
  });
}

/** Why an inquiry waits that nobody can take: what came nearest to somebody free. */
export function reasonOf(states: readonly State[]): string {
  if (states.includes('AWAITED')) return 'BEHIND_OTHERS';
  if (states.includes('AT_LIMIT')) return 'ALL_AT_LIMIT';
  if (states.includes('ABSENT')) return 'NOBODY_PRESENT';
  if (states.includes('OUT_OF_HOURS')) return 'OUT_OF_HOURS';
  if (states.includes('LACKS_SKILL')) return 'NO_SKILLS';
  return states.includes('INACTIVE') ? 'NOBODY_ACTIVE' : 'NO_OPERATORS';
}

/** Whom a draw of 2^53 chooses among those that are eligible, in proportion to their weights. */
export function chosenBy(draw: number, eligible: readonly ModelCandidate[]): ModelCandidate {
  const weights = eligible.map(({ weight }) => millionths(weight));
  const point = BigInt(draw) * weights.reduce((sum, weight) => sum + weight, 0n);
  let reached = 0n;
  return eligible.find((_, i) => {
    reached += weights[i]!;
    return point < reached * DRAWS;
  })!;
}

function isInHours(schedule: Week, at: number): boolean {
  const local = new Date(at + AHEAD_MS);
  const [from, until] = schedule[DAYS[local.getUTCDay()]!]?.split('-') ?? [];
  const time = local.toISOString().slice(11, 16);
  return from !== undefined && until !== undefined && from <= time && time < until;
}

function millionths(weight: string): bigint {
  const [whole = '', fraction = ''] = weight.split('.');
  return BigInt(whole + fraction.padEnd(MOST_DECIMALS, '0'));
}
