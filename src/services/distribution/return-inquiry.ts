import { AssignmentEnd } from '../../entities/distribution/assignment-end.enum.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import { handBack } from './hand-back.js';
import { checkActive, holdInquiry, INQUIRY_PATH } from './hold-inquiry.js';
import { inquiryIdInput } from './inquiry.input.js';
import { isTheirs, mayTakeAway } from './inquiry-work.policy.js';

/** Which inquiry goes back. */
export interface ReturnInquiryInput {
  readonly inquiryId: string;
}

/**
 * Puts an inquiry back into the queue, in the place that it had: by whoever may take it away, or by the operator whose it is.
 * Others who can take it are preferred to that operator. One that waits already stays as it is.
 *
 * @returns the inquiry's key
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, FORBIDDEN for one that is neither the actor's nor of their groups, STATE_NOT_ALLOWED for one
 * that ended
 */
export async function returnInquiry(work: Work, input: ReturnInquiryInput): Promise<string> {
  const { inquiryId } = parseInput(inquiryIdInput, input);
  const inquiry = await holdInquiry(work, inquiryId);
  if (!mayTakeAway(work.actor, inquiry) && !isTheirs(work.actor, inquiry)) {
    throw refuse(ErrorCode.FORBIDDEN, 'You may put back your own inquiries, and those of your groups.', INQUIRY_PATH);
  }
  checkActive(inquiry);
  const { operatorId } = inquiry;
  if (operatorId !== null) await handBack(work, { ...inquiry, operatorId }, AssignmentEnd.HANDED_BACK);
  return inquiryId;
}
