import type { Assignment } from '../../entities/distribution/assignment.entity.js';
import { AssignmentWay } from '../../entities/distribution/assignment-way.enum.js';
import { CandidateState } from '../../entities/distribution/candidate-state.enum.js';
import type { Reader } from '../shared/read/reader.js';
import type { Row } from '../shared/read/row.js';
import { seesCandidates } from './candidate.policy.js';
import { readHolders } from './read-holders.js';
import { readWeightings } from './read-weightings.js';
import { divideWeight, type ReplayedCandidate } from './replay-choice.js';

/** A candidate of a choice that was made. */
export interface ExplainedCandidate extends ReplayedCandidate {
  readonly chosen: boolean;
}

/** How an assignment was chosen, replayed from what is stored with it. */
export interface AssignmentExplanation {
  readonly way: AssignmentWay;
  /** A whole number below 2^53 as text; null where nothing was drawn. */
  readonly draw: string | null;
  /** Of those who were eligible, as a decimal string. */
  readonly totalWeight: string;
  /** Where the draw falls in the total weight, exactly; null where nothing was drawn. */
  readonly point: string | null;
  readonly candidates: readonly ExplainedCandidate[];
  /** The operator whom the replay comes to, as a key; null where it comes to nobody. */
  readonly replayedOperator: string | null;
  /** Whether that is whom the assignment names. */
  readonly agrees: boolean;
}

/**
 * Explains how an inquiry came to its operator (requirements, part 7): by the draw, the weights and the states that are
 * stored with the assignment, replayed here exactly and apart from the database's own choice.
 *
 * @returns null for an assignment by hand, and for who may not see what stood in others' way
 */
export async function explainAssignment(
  assignment: Row<Assignment>,
  reader: Reader,
): Promise<AssignmentExplanation | null> {
  const { way, draw, states, weighting, returnedTo } = assignment;
  if (states === null || weighting === null || !seesCandidates(reader.actor)) return null;
  const weights = await reader.worked('SourceWeighting', weighting, readWeightings);
  const division = divideWeight({ ...weights!, states });
  const drawn = draw === null ? null : division.at(draw);
  const had = returnedTo === null ? undefined : await reader.worked('Assignment.operator', returnedTo, readHolders);
  const replayedOperator = way === AssignmentWay.STICKY ? ifEligible(had, division.candidates) : drawn?.operator;
  return {
    way,
    draw,
    totalWeight: division.totalWeight,
    point: drawn?.point ?? null,
    candidates: division.candidates.map((one) => ({ ...one, chosen: one.operator === replayedOperator })),
    replayedOperator: replayedOperator ?? null,
    agrees: replayedOperator === assignment.operator,
  };
}

/** The operator who had a returning lead, if it could go to them. */
function ifEligible(operator: string | undefined, candidates: readonly ReplayedCandidate[]): string | undefined {
  const isEligible = candidates.some((one) => one.operator === operator && one.state === CandidateState.ELIGIBLE);
  return isEligible ? operator : undefined;
}
