import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import { checkActive, type HeldInquiry, holdInquiry, INQUIRY_PATH, nextVersionOf } from './hold-inquiry.js';
import { inquiryAccepted } from './inquiry.events.js';
import { inquiryIdInput } from './inquiry.input.js';
import { isTheirs } from './inquiry-work.policy.js';

/** Which inquiry is accepted. */
export interface AcceptInquiryInput {
  readonly inquiryId: string;
}

/**
 * Accepts an inquiry that is offered to the operator who asks, within its time. Accepting it twice changes nothing.
 *
 * @returns the inquiry's key
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, STATE_NOT_ALLOWED where nothing is offered to them, or not any more
 */
export async function acceptInquiry(work: Work, input: AcceptInquiryInput): Promise<string> {
  const { inquiryId } = parseInput(inquiryIdInput, input);
  const inquiry = await holdInquiry(work, inquiryId);
  checkActive(inquiry);
  if (!isTheirs(work.actor, inquiry)) throw notOffered();
  if (inquiry.acceptBy === null) {
    if (await wasAccepted(work, inquiry)) return inquiryId;
    throw refuse(ErrorCode.STATE_NOT_ALLOWED, 'It is yours already: there is nothing to accept.', INQUIRY_PATH);
  }
  if (!isInTime(work, inquiry)) throw tooLate();
  await takeOffer(work, inquiry);
  return inquiryId;
}

/** What to say to who is offered nothing. */
export const notOffered = () =>
  refuse(ErrorCode.STATE_NOT_ALLOWED, 'This inquiry is not offered to you.', INQUIRY_PATH);

/** What to say when the offer has run out, whether the inquiry has moved on yet or not. */
export const tooLate = () =>
  refuse(ErrorCode.STATE_NOT_ALLOWED, 'The time to accept this inquiry is over.', INQUIRY_PATH);

/** Whether an inquiry is offered, and can still be accepted. */
export function isInTime({ now }: Work, { acceptBy }: HeldInquiry): boolean {
  return acceptBy !== null && now <= acceptBy;
}

/** Makes an inquiry that is held, and offered, its operator's; gives it as it is then. */
export async function takeOffer(work: Work, inquiry: HeldInquiry): Promise<HeldInquiry> {
  await work.rows(sql`
    update assignment set accepted_at = ${work.now}::timestamptz where inquiry_id = ${inquiry.id} and ended_at is null`);
  await work.rows(sql`update inquiry set accept_by = null, version = version + 1 where id = ${inquiry.id}`);
  const accepted = { ...nextVersionOf(inquiry), acceptBy: null };
  await work.record([inquiryAccepted(accepted)]);
  return accepted;
}

async function wasAccepted(work: Work, { id }: HeldInquiry): Promise<boolean> {
  const [open] = await work.rows(sql<{ accepted: boolean }>`
    select accepted_at is not null as accepted from assignment where inquiry_id = ${id} and ended_at is null`);
  return open!.accepted;
}
