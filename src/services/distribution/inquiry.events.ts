import type { AssignmentEnd } from '../../entities/distribution/assignment-end.enum.js';
import type { AssignmentWay } from '../../entities/distribution/assignment-way.enum.js';
import type { InquiryStatus } from '../../entities/distribution/inquiry-status.enum.js';
import { difference, NO_FIELDS } from '../shared/events/change.js';
import type { Change, NewEvent } from '../shared/events/event.js';
import { encodeId } from '../shared/ids/global-id.js';

/** An inquiry at the version that a change has given it, with who has it after the change. */
export interface ChangedInquiry {
  readonly id: string;
  readonly version: number;
  readonly sourceId: string;
  readonly leadId: string;
  /** Null while it waits. */
  readonly operatorId: string | null;
  /** The group of that operator. */
  readonly groupId: string | null;
}

/**
 * The kinds of what happens to inquiries, as others name them. That one came in, the database itself records
 * (`distribution.record_registered`, migration 0003), in the same form.
 */
export const INQUIRY_REGISTERED = 'inquiry.registered';
export const INQUIRY_ASSIGNED = 'inquiry.assigned';
export const INQUIRY_RELEASED = 'inquiry.released';
export const INQUIRY_ANSWER_DUE = 'inquiry.answer-due';
export const INQUIRY_ANSWER_OVERDUE = 'inquiry.answer-overdue';

function event(kind: string, inquiry: ChangedInquiry, data: object, change?: Change): NewEvent {
  const { id, version, sourceId, leadId, operatorId, groupId } = inquiry;
  return {
    kind,
    subject: { kind: 'Inquiry', id, version },
    data: { sourceId, leadId, operatorId, groupId, ...data },
    ...(change ? { change } : {}),
  };
}

const operator = (id: string | null) => (id === null ? null : encodeId('Operator', id));

/** The event that an inquiry went to an operator, whose load and limit are told as they stood with it. */
export function inquiryAssigned(
  inquiry: ChangedInquiry,
  data: {
    readonly way: AssignmentWay;
    readonly load: number;
    readonly maxLoad: number;
    /** Whose it was until then; null for one that waited. */
    readonly previousOperatorId: string | null;
    /** Until when it is to be accepted, ISO 8601; null where it is theirs at once. */
    readonly acceptBy: string | null;
  },
): NewEvent {
  const before = { operatorId: operator(data.previousOperatorId) };
  const change = difference({ ...before, way: null }, { operatorId: operator(inquiry.operatorId), way: data.way });
  return event(INQUIRY_ASSIGNED, inquiry, data, change);
}

/** The event that an inquiry was taken from its operator and waits again. */
export function inquiryReleased(
  inquiry: ChangedInquiry,
  data: { readonly previousOperatorId: string; readonly end: AssignmentEnd },
): NewEvent {
  const change = difference(
    { operatorId: operator(data.previousOperatorId), end: null },
    { operatorId: null, end: data.end },
  );
  return event(INQUIRY_RELEASED, inquiry, data, change);
}

/** The event that an operator accepted an inquiry that was offered to them. */
export function inquiryAccepted(inquiry: ChangedInquiry): NewEvent {
  return event('inquiry.accepted', inquiry, {}, NO_FIELDS);
}

/** The event that an inquiry had its first answer. */
export function inquiryAnswered(inquiry: ChangedInquiry, answeredAt: Date): NewEvent {
  return event('inquiry.answered', inquiry, {}, difference({ answeredAt: null }, { answeredAt }));
}

/** The event that an inquiry has another status; `waited` says whether it waited before, or does now. */
export function inquiryStatusChanged(
  inquiry: ChangedInquiry,
  [before, after]: readonly [InquiryStatus, InquiryStatus],
  data: {
    readonly waited: boolean;
    /** Whose it was when it ended, where it is theirs no more since it is active again. */
    readonly previousOperatorId?: string | null;
  },
): NewEvent {
  return event(
    'inquiry.status-changed',
    inquiry,
    { status: after, ...data },
    difference({ status: before }, { status: after }),
  );
}

/** The event that an inquiry leaves the queue earlier or later than it did. */
export function inquiryPriorityChanged(inquiry: ChangedInquiry, [before, after]: readonly [number, number]): NewEvent {
  return event('inquiry.priority-changed', inquiry, {}, difference({ priority: before }, { priority: after }));
}

/** The event that an inquiry asks for other skills than it did. */
export function inquirySkillsChanged(
  inquiry: ChangedInquiry,
  [before, after]: readonly [readonly string[], readonly string[]],
): NewEvent {
  return event('inquiry.skills-changed', inquiry, {}, difference({ skills: before }, { skills: after }));
}

/** The event that an inquiry is of another lead, since its own was merged into that. */
export function inquiryLeadChanged(inquiry: ChangedInquiry, previousLeadId: string): NewEvent {
  const change = difference({ leadId: encodeId('Lead', previousLeadId) }, { leadId: encodeId('Lead', inquiry.leadId) });
  return event('inquiry.lead-changed', inquiry, { previousLeadId }, change);
}

/** The event that the deadline of an inquiry's first answer is near. */
export function inquiryAnswerDue(inquiry: ChangedInquiry, answerDueAt: string): NewEvent {
  return event(INQUIRY_ANSWER_DUE, inquiry, { answerDueAt });
}

/** The event that the deadline of an inquiry's first answer has passed without one. */
export function inquiryAnswerOverdue(inquiry: ChangedInquiry, answerDueAt: string): NewEvent {
  return event(INQUIRY_ANSWER_OVERDUE, inquiry, { answerDueAt });
}
