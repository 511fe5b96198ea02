import { AssignmentEnd } from '../../entities/distribution/assignment-end.enum.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import { notOffered } from './accept-inquiry.js';
import { handBack } from './hand-back.js';
import { checkActive, holdInquiry, INQUIRY_PATH } from './hold-inquiry.js';
import { inquiryIdInput } from './inquiry.input.js';
import { isTheirs } from './inquiry-work.policy.js';

/** Which inquiry is declined. */
export interface DeclineInquiryInput {
  readonly inquiryId: string;
}

/**
 * Declines an inquiry that is offered to the operator who asks: it goes to the end of its queue, and to
 * others before it comes to them again.
 *
 * @returns the inquiry's key
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, STATE_NOT_ALLOWED where nothing is offered to them
 */
export async function declineInquiry(work: Work, input: DeclineInquiryInput): Promise<string> {
  const { inquiryId } = parseInput(inquiryIdInput, input);
  const inquiry = await holdInquiry(work, inquiryId);
  checkActive(inquiry);
  const { operatorId, acceptBy } = inquiry;
  if (operatorId === null || !isTheirs(work.actor, inquiry)) throw notOffered();
  if (acceptBy === null) {
    throw refuse(ErrorCode.STATE_NOT_ALLOWED, 'It is yours already: only an offer can be declined.', INQUIRY_PATH);
  }
  await handBack(work, { ...inquiry, operatorId }, AssignmentEnd.DECLINED);
  return inquiryId;
}
