import { AssignmentEnd } from '../../entities/distribution/assignment-end.enum.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import { handBack } from './hand-back.js';
import { checkActive, holdInquiry, INQUIRY_PATH } from './hold-inquiry.js';
import { inquiryIdInput } from './inquiry.input.js';
import { mayTakeAway } from './inquiry-work.policy.js';

/** Which inquiry goes back. */
export interface ReturnInquiryInput {
  readonly inquiryId: string;
}

/**
 * Puts an inquiry back into the queue, in the place of its age. It was not passed on by its operator: they may get it
 * again. One that waits already stays as it is.
 *
 * @returns the inquiry's key
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, FORBIDDEN outside of a supervisor's groups, STATE_NOT_ALLOWED for one
 * that ended
 */
export async function returnInquiry(work: Work, input: ReturnInquiryInput): Promise<string> {
  const { inquiryId } = parseInput(inquiryIdInput, input);
  const inquiry = await holdInquiry(work, inquiryId);
  if (!mayTakeAway(work.actor, inquiry)) {
    throw refuse(ErrorCode.FORBIDDEN, 'An operator outside of your groups has this inquiry.', INQUIRY_PATH);
  }
  checkActive(inquiry);
  const { operatorId } = inquiry;
  if (operatorId !== null) await handBack(work, { ...inquiry, operatorId }, AssignmentEnd.HANDED_BACK);
  return inquiryId;
}
