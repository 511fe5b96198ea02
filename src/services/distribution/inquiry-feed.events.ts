import type { AssignmentEnd } from '../../entities/distribution/assignment-end.enum.js';
import type { AssignmentWay } from '../../entities/distribution/assignment-way.enum.js';
import { DeadlineNotice } from '../../entities/distribution/deadline-notice.enum.js';
import { InquiryChange } from '../../entities/distribution/inquiry-change.enum.js';
import { InquiryStatus } from '../../entities/distribution/inquiry-status.enum.js';
import type { FeedEvent } from '../shared/events/event.js';
import {
  INQUIRY_ANSWER_DUE,
  INQUIRY_ANSWER_OVERDUE,
  INQUIRY_ASSIGNED,
  INQUIRY_REGISTERED,
  INQUIRY_RELEASED,
} from './inquiry.events.js';

/** What a listener needs to decide whether something that happened to an inquiry concerns it; keys, no ids. */
export interface InquiryHappened {
  readonly inquiryId: string;
  readonly sourceId: string;
  readonly leadId: string;
  /** Whose it is since then; null while it waits. */
  readonly operatorId: string | null;
  /** The group of that operator. */
  readonly groupId: string | null;
}

/** That an inquiry went to an operator. */
export interface InquiryAssigned extends InquiryHappened {
  readonly way: AssignmentWay;
  /** Until when it is to be accepted, ISO 8601; null where it was theirs at once. */
  readonly acceptBy: string | null;
}

/** That something about an inquiry is not as it was. */
export interface InquiryChanged extends InquiryHappened {
  readonly change: InquiryChange;
  /** Whose it was until then; null where it did not change hands, or waited. */
  readonly previousOperatorId: string | null;
  /** Whose inquiry it was until then, where two leads were found to be one; else null. */
  readonly previousLeadId: string | null;
  /** What took it from them; null where nothing did, or another has it at once. */
  readonly end: AssignmentEnd | null;
}

/** That the first answer of an inquiry is nearly due, or overdue. */
export interface InquiryDeadline extends InquiryHappened {
  readonly notice: DeadlineNotice;
  /** ISO 8601. */
  readonly answerDueAt: string;
}

/** All that the data of events of inquiries may have; which of it, the kind says. */
type Data = Omit<InquiryAssigned, 'inquiryId'> & {
  readonly previousOperatorId?: string | null;
  readonly previousLeadId?: string;
  readonly end?: AssignmentEnd;
  readonly status: InquiryStatus;
  readonly answerDueAt: string;
};

const OF_STATUS: Readonly<Record<InquiryStatus, InquiryChange>> = {
  [InquiryStatus.ACTIVE]: InquiryChange.REOPENED,
  [InquiryStatus.CLOSED]: InquiryChange.CLOSED,
  [InquiryStatus.REJECTED]: InquiryChange.REJECTED,
};

const CHANGES: ReadonlyMap<string, (data: Data) => InquiryChange> = new Map([
  [INQUIRY_REGISTERED, () => InquiryChange.REGISTERED],
  [
    INQUIRY_ASSIGNED,
    ({ previousOperatorId }: Data) => (previousOperatorId == null ? InquiryChange.ASSIGNED : InquiryChange.MOVED),
  ],
  [INQUIRY_RELEASED, () => InquiryChange.RELEASED],
  ['inquiry.accepted', () => InquiryChange.ACCEPTED],
  ['inquiry.answered', () => InquiryChange.ANSWERED],
  ['inquiry.status-changed', ({ status }: Data) => OF_STATUS[status]],
  ['inquiry.priority-changed', () => InquiryChange.PRIORITY_CHANGED],
  ['inquiry.skills-changed', () => InquiryChange.SKILLS_CHANGED],
  ['inquiry.lead-changed', () => InquiryChange.LEAD_CHANGED],
]);

const NOTICES: ReadonlyMap<string, DeadlineNotice> = new Map([
  [INQUIRY_ANSWER_DUE, DeadlineNotice.WARNING],
  [INQUIRY_ANSWER_OVERDUE, DeadlineNotice.BREACH],
]);

const dataOf = (event: FeedEvent) => event.data as unknown as Data;

function happenedOf(event: FeedEvent): InquiryHappened {
  const { sourceId, leadId, operatorId, groupId } = dataOf(event);
  return { inquiryId: event.subject.id, sourceId, leadId, operatorId, groupId };
}

/** What the event of an assignment says, or undefined for an event of another kind. */
export function inquiryAssignedOf(event: FeedEvent): InquiryAssigned | undefined {
  if (event.kind !== INQUIRY_ASSIGNED) return undefined;
  const { way, acceptBy } = dataOf(event);
  return { ...happenedOf(event), way, acceptBy };
}

/** What an event of an inquiry's change says, or undefined for an event of another kind. */
export function inquiryChangedOf(event: FeedEvent): InquiryChanged | undefined {
  const change = CHANGES.get(event.kind);
  if (!change) return undefined;
  const data = dataOf(event);
  const { previousOperatorId = null, previousLeadId = null, end = null } = data;
  return { ...happenedOf(event), change: change(data), previousOperatorId, previousLeadId, end };
}

/** What an event of a deadline says, or undefined for an event of another kind. */
export function inquiryDeadlineOf(event: FeedEvent): InquiryDeadline | undefined {
  const notice = NOTICES.get(event.kind);
  return notice && { ...happenedOf(event), notice, answerDueAt: dataOf(event).answerDueAt };
}
