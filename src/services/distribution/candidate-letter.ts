import { CandidateState } from '../../entities/distribution/candidate-state.enum.js';

/** What the letters of a choice mean, which the database writes beside it (migration 0003, choice). */
const STATES: Readonly<Record<string, CandidateState>> = {
  e: CandidateState.ELIGIBLE,
  i: CandidateState.INACTIVE,
  z: CandidateState.ZERO_WEIGHT,
  s: CandidateState.LACKS_SKILL,
  h: CandidateState.OUT_OF_HOURS,
  p: CandidateState.ABSENT,
  l: CandidateState.AT_LIMIT,
  b: CandidateState.AWAITED,
  d: CandidateState.PASSED_OVER,
};

/** All letters but that of somebody eligible. */
export const LETTERS_OF_OTHERS = Object.keys(STATES)
  .filter((letter) => STATES[letter] !== CandidateState.ELIGIBLE)
  .join('');

/** @throws Error for what is no letter of a choice */
export function stateOfLetter(letter: string): CandidateState {
  const state = STATES[letter];
  if (!state) throw new Error(`A choice has no letter ${JSON.stringify(letter)}.`);
  return state;
}
