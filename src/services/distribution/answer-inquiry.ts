import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import { isInTime, takeOffer, tooLate } from './accept-inquiry.js';
import { checkActive, holdInquiry, INQUIRY_PATH, nextVersionOf } from './hold-inquiry.js';
import { inquiryAnswered } from './inquiry.events.js';
import { inquiryIdInput } from './inquiry.input.js';
import { isTheirs, mayWorkOn } from './inquiry-work.policy.js';

/** Which inquiry was answered. */
export interface AnswerInquiryInput {
  readonly inquiryId: string;
}

/**
 * Says that an inquiry has its first answer, now: its deadline is met or missed, and not told of any more. An inquiry that
 * was only offered is accepted by it. Saying it again changes nothing.
 *
 * @returns the inquiry's key
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, FORBIDDEN for an operator whose it is not, STATE_NOT_ALLOWED for one that
 * ended without an answer, and for its operator where the offer has run out
 */
export async function answerInquiry(work: Work, input: AnswerInquiryInput): Promise<string> {
  const { inquiryId } = parseInput(inquiryIdInput, input);
  const inquiry = await holdInquiry(work, inquiryId);
  if (!mayWorkOn(work.actor, inquiry)) {
    throw refuse(ErrorCode.FORBIDDEN, 'You may answer your own inquiries only.', INQUIRY_PATH);
  }
  if (inquiry.answered) return inquiryId;
  checkActive(inquiry);
  const inTime = isInTime(work, inquiry);
  if (inquiry.acceptBy !== null && !inTime && isTheirs(work.actor, inquiry)) throw tooLate();
  const accepted = inTime ? await takeOffer(work, inquiry) : inquiry;
  await work.rows(sql`
    update inquiry set answered_at = ${work.now}::timestamptz, warn_at = null, breach_at = null, version = version + 1
    where id = ${inquiryId}`);
  await work.record([inquiryAnswered(nextVersionOf(accepted), work.now)]);
  return inquiryId;
}
