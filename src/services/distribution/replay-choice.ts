import { CandidateState } from '../../entities/distribution/candidate-state.enum.js';
import { stateOfLetter } from './candidate-letter.js';
import { decimalText, quotientText, weightUnits } from './weight-units.js';

/** What a choice was made by: operators in ascending order of their keys, the weight of each, and a letter for each. */
export interface StoredChoice {
  readonly operatorIds: readonly string[];
  /** Decimal strings. */
  readonly weights: readonly string[];
  readonly states: string;
}

/** Somebody whom an inquiry could have gone to, or not. */
export interface ReplayedCandidate {
  /** The operator’s key. */
  readonly operator: string;
  /** Decimal string, as is all that follows. */
  readonly weight: string;
  readonly state: CandidateState;
  /** The chance to be chosen, between 0 and 1. */
  readonly share: string;
  /** Where their part of the total weight begins, and where it ends, which is not part of it; null for who is not eligible. */
  readonly from: string | null;
  readonly until: string | null;
}

/** How the total weight is divided among those who are eligible. */
export interface Division {
  readonly totalWeight: string;
  readonly candidates: readonly ReplayedCandidate[];
  /**
   * Who has the point that a draw comes to: `draw / 2^53` of the total weight.
   *
   * @param draw a whole number from 0 up to, not including, 2^53
   * @returns the operator’s key, and the point as an exact decimal; null where nobody is eligible
   */
  at(draw: string): { readonly operator: string; readonly point: string } | null;
}

/** As many draws there are, all equally likely: 2^53. */
const DRAW_BITS = 53;
const DRAWS = 2n ** BigInt(DRAW_BITS);
const FIVES = 5n ** BigInt(DRAW_BITS);
const SHARE_DECIMALS = 6;

interface Interval {
  readonly operator: string;
  readonly from: bigint;
  readonly until: bigint;
}

/**
 * Divides the total weight among those who are eligible, as `distribution.choose` does, in whole numbers: it comes to the
 * same operator for every draw, and nothing is ever rounded but the shares that are shown.
 *
 * @throws Error where letters, weights and operators are not as many
 */
export function divideWeight({ operatorIds, weights, states }: StoredChoice): Division {
  if (operatorIds.length !== weights.length || operatorIds.length !== states.length) {
    throw new Error('A choice has a weight and a letter for each operator.');
  }
  const { units, decimals } = weightUnits(weights);
  const intervals: (Interval | null)[] = [];
  let total = 0n;
  operatorIds.forEach((operator, i) => {
    const from = total;
    const isEligible = stateOfLetter(states[i]!) === CandidateState.ELIGIBLE;
    if (isEligible) total += units[i]!;
    intervals.push(isEligible ? { operator, from, until: total } : null);
  });
  return {
    totalWeight: decimalText(total, decimals),
    candidates: intervals.map((interval, i) => ({
      operator: operatorIds[i]!,
      weight: decimalText(units[i]!, decimals),
      state: stateOfLetter(states[i]!),
      share: interval ? quotientText(interval.until - interval.from, total, SHARE_DECIMALS) : '0',
      from: interval && decimalText(interval.from, decimals),
      until: interval && decimalText(interval.until, decimals),
    })),
    at: (draw) => {
      const reached = BigInt(draw) * total;
      const found = intervals.find((interval) => interval && interval.until * DRAWS > reached);
      // Divided by 2^53 is multiplied by 5^53 and moved by 53 decimals.
      return found ? { operator: found.operator, point: decimalText(reached * FIVES, decimals + DRAW_BITS) } : null;
    },
  };
}
