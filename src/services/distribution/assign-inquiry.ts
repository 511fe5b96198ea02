import { sql } from 'kysely';
import { AssignmentEnd } from '../../entities/distribution/assignment-end.enum.js';
import { AssignmentWay } from '../../entities/distribution/assignment-way.enum.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import { endAssignment } from './end-assignment.js';
import { checkActive, type HeldInquiry, holdInquiry, INQUIRY_PATH, nextVersionOf } from './hold-inquiry.js';
import { type HeldOperator, holdOperators } from './hold-operators.js';
import { inquiryAssigned } from './inquiry.events.js';
import { operatorOfInquiryInput } from './inquiry.input.js';
import { mayGiveTo, mayTakeAway } from './inquiry-work.policy.js';

/** Which inquiry goes to whom. */
export interface AssignInquiryInput {
  readonly inquiryId: string;
  readonly operatorId: string;
}

/** Where an input names the operator, for errors. */
const OPERATOR_PATH = ['input', 'operatorId'];

/**
 * Gives an inquiry to an operator by hand, one that waits or that another has. Hours, presence, weights and skills do not
 * bind a person, and nothing is reserved; the limit binds everybody. To whom has it already, nothing changes.
 *
 * @returns the inquiry's key
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, FORBIDDEN outside of a supervisor's groups, STATE_NOT_ALLOWED for an
 * inquiry that ended and an operator who is not active, LIMIT_EXCEEDED for one who has as many as they may
 */
export async function assignInquiry(work: Work, input: AssignInquiryInput): Promise<string> {
  const { inquiryId, operatorId } = parseInput(operatorOfInquiryInput, input);
  const inquiry = await holdInquiry(work, inquiryId);
  if (!mayTakeAway(work.actor, inquiry)) {
    throw refuse(ErrorCode.FORBIDDEN, 'An operator outside of your groups has this inquiry.', INQUIRY_PATH);
  }
  const held = await holdOperators(work, inquiry.operatorId === null ? [operatorId] : [operatorId, inquiry.operatorId]);
  const operator = held.get(operatorId);
  if (!operator) throw refuse(ErrorCode.NOT_FOUND, 'There is no such operator.', OPERATOR_PATH);
  if (!mayGiveTo(work.actor, operator.groupId)) {
    throw refuse(ErrorCode.FORBIDDEN, 'You may give inquiries to operators of your groups only.', OPERATOR_PATH);
  }
  checkActive(inquiry);
  if (inquiry.operatorId === operatorId) return inquiryId;
  if (!operator.active) {
    throw refuse(ErrorCode.STATE_NOT_ALLOWED, 'This operator is not active.', OPERATOR_PATH);
  }
  await give(work, inquiry, operator);
  return inquiryId;
}

async function give(work: Work, inquiry: HeldInquiry, operator: HeldOperator): Promise<void> {
  await endAssignment(work, inquiry.id, AssignmentEnd.MOVED);
  const { load, maxLoad } = await takePlace(work, inquiry, operator);
  await work.rows(sql`
    update inquiry set operator_id = ${operator.id}, waiting_reason = null, waiting_since = null,
      assigned_at = ${work.now}::timestamptz, accept_by = null, version = version + 1
    where id = ${inquiry.id}`);
  const assigned = { ...nextVersionOf(inquiry), operatorId: operator.id, groupId: operator.groupId };
  const previousOperatorId = inquiry.operatorId;
  const way = AssignmentWay.BY_HAND;
  await work.record([inquiryAssigned(assigned, { way, load, maxLoad, previousOperatorId, acceptBy: null })]);
}

/** The database counts the places and refuses the one too many; here its refusal is put into words. */
async function takePlace(
  work: Work,
  inquiry: HeldInquiry,
  { id, load, maxLoad }: HeldOperator,
): Promise<{ readonly load: number; readonly maxLoad: number }> {
  const { actor, now } = work;
  try {
    const [made] = await work.rows(sql<{ load: number; maxLoad: number }>`
      insert into assignment (inquiry_id, source_id, operator_id, way, made_by_id, made_at)
      values (${inquiry.id}, ${inquiry.sourceId}, ${id}, ${AssignmentWay.BY_HAND},
        ${actor.kind === 'user' ? actor.userId : null}, ${now}::timestamptz)
      returning load, max_load as "maxLoad"`);
    return made!;
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'assignment_within_limit_check') throw error;
    const message = `This operator has ${load} ${load === 1 ? 'inquiry' : 'inquiries'} and may have ${maxLoad} at most.`;
    throw refuse(ErrorCode.LIMIT_EXCEEDED, message, OPERATOR_PATH);
  }
}
