import { sql } from 'kysely';
import { AssignmentEnd } from '../../entities/distribution/assignment-end.enum.js';
import { InquiryStatus } from '../../entities/distribution/inquiry-status.enum.js';
import { WaitingReason } from '../../entities/distribution/waiting-reason.enum.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import { endAssignment } from './end-assignment.js';
import { type HeldInquiry, holdInquiry, INQUIRY_PATH, nextVersionOf } from './hold-inquiry.js';
import { inquiryStatusChanged } from './inquiry.events.js';
import { statusOfInquiryInput } from './inquiry.input.js';
import { mayWorkOn } from './inquiry-work.policy.js';

/** What is to become of which inquiry. */
export interface ChangeInquiryStatusInput {
  readonly inquiryId: string;
  readonly status: InquiryStatus;
}

/**
 * Closes, rejects or reopens an inquiry (requirements, part 7). One that ends frees its operator, who stays named with it
 * as having had it. One that is reopened goes back into the queue, in the place that it had. Closed and rejected are
 * corrected into each other: when it ended, and what ended its assignment, stay as they were. With the status that it has,
 * nothing changes.
 *
 * @returns the inquiry's key
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, FORBIDDEN for an operator whose it is not, or STATE_NOT_ALLOWED for one of
 * a removed source that is to be reopened
 */
export async function changeInquiryStatus(work: Work, input: ChangeInquiryStatusInput): Promise<string> {
  const { inquiryId, status } = parseInput(statusOfInquiryInput, input);
  const inquiry = await holdInquiry(work, inquiryId);
  if (!mayWorkOn(work.actor, inquiry)) {
    throw refuse(ErrorCode.FORBIDDEN, 'You may change the status of your own inquiries only.', INQUIRY_PATH);
  }
  if (inquiry.status === status) return inquiryId;
  if (status === InquiryStatus.ACTIVE) await reopen(work, inquiry);
  else if (inquiry.status === InquiryStatus.ACTIVE) await end(work, inquiry, status);
  else await correct(work, inquiry, status);
  return inquiryId;
}

type Ended = InquiryStatus.CLOSED | InquiryStatus.REJECTED;

const ENDS: Readonly<Record<Ended, AssignmentEnd>> = {
  CLOSED: AssignmentEnd.CLOSED,
  REJECTED: AssignmentEnd.REJECTED,
};

async function end(work: Work, inquiry: HeldInquiry, status: Ended): Promise<void> {
  await endAssignment(work, inquiry.id, ENDS[status]);
  // No answer is owed any more; a deadline that is missed later is nobody's.
  await work.rows(sql`
    update inquiry set status = ${status}, ended_at = ${work.now}::timestamptz, waiting_reason = null, waiting_since = null,
      accept_by = null, warn_at = null, breach_at = null, version = version + 1
    where id = ${inquiry.id}`);
  const waited = inquiry.operatorId === null;
  await work.record([inquiryStatusChanged(nextVersionOf(inquiry), [inquiry.status, status], { waited })]);
}

/** What of the deadline still lies ahead is told again; what has passed is not. */
async function reopen(work: Work, inquiry: HeldInquiry): Promise<void> {
  // Whoever removes a source holds it.
  const [source] = await work.rows(sql<{ removed: boolean }>`
    select removed_at is not null as removed from source where id = ${inquiry.sourceId} for key share`);
  if (source!.removed) {
    throw refuse(ErrorCode.STATE_NOT_ALLOWED, 'The source of this inquiry was removed.', INQUIRY_PATH);
  }
  await work.rows(sql`
    update inquiry set status = ${InquiryStatus.ACTIVE}, ended_at = null, operator_id = null, assigned_at = null,
      reopened_at = ${work.now}::timestamptz,
      waiting_reason = ${WaitingReason.HANDED_BACK}, waiting_since = ${work.now}::timestamptz, version = version + 1,
      warn_at = case when answered_at is null and answer_at_risk_at > ${work.now}::timestamptz then answer_at_risk_at end,
      breach_at = case when answered_at is null and answer_due_at > ${work.now}::timestamptz then answer_due_at end
    where id = ${inquiry.id}`);
  const reopened = { ...nextVersionOf(inquiry), operatorId: null, groupId: null };
  const told = { waited: true, previousOperatorId: inquiry.operatorId };
  await work.record([inquiryStatusChanged(reopened, [inquiry.status, InquiryStatus.ACTIVE], told)]);
}

async function correct(work: Work, inquiry: HeldInquiry, status: Ended): Promise<void> {
  await work.rows(sql`update inquiry set status = ${status}, version = version + 1 where id = ${inquiry.id}`);
  await work.record([inquiryStatusChanged(nextVersionOf(inquiry), [inquiry.status, status], { waited: false })]);
}
