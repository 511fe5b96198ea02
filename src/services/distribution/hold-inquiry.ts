import { sql } from 'kysely';
import { InquiryStatus } from '../../entities/distribution/inquiry-status.enum.js';
import { rightsOf } from '../shared/access/rights.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse } from '../shared/errors/refusal.js';
import { allHold, conditionsOf } from '../shared/read/visibility.js';
import type { ChangedInquiry } from './inquiry.events.js';
import { visibleInquiries } from './inquiry.policy.js';

/** Where an input names the inquiry, for errors. */
export const INQUIRY_PATH = ['input', 'inquiryId'] as const;

/** An inquiry as use cases see it, locked for their transaction; of one that ended the operator is who had it then. */
export interface HeldInquiry extends ChangedInquiry {
  readonly status: InquiryStatus;
  readonly priority: number;
  /** Until when it is offered to its operator; null where nothing is to be accepted. */
  readonly acceptBy: Date | null;
  readonly answered: boolean;
}

interface InquiryRow {
  id: string;
  version: number;
  source_id: string;
  lead_id: string;
  operator_id: string | null;
  group_id: string | null;
  status: InquiryStatus;
  priority: number;
  accept_by: string | null;
  answered: boolean;
}

/**
 * Locks an inquiry that the actor sees: another is not there for them, whatever they may do with those that they see.
 *
 * @param id its key
 * @throws Refusal with NOT_FOUND
 */
export async function holdInquiry(work: Work, id: string): Promise<HeldInquiry> {
  const { actor, settings, now } = work;
  const conditions = [sql`t.id = ${id}`, ...conditionsOf(visibleInquiries(rightsOf(actor)))];
  const [row] = await work.rows(
    sql<InquiryRow>`
      select t.id, t.version, t.source_id, t.lead_id, t.operator_id, t.status, t.priority, t.accept_by,
        t.answered_at is not null as answered,
        (select u.group_id from operator o join app_user u on u.id = o.user_id where o.id = t.operator_id) as group_id
      from inquiry t where ${allHold(conditions)} for no key update of t`,
    { actor, calendar: settings.calendar, now: () => now },
  );
  if (!row) throw refuse(ErrorCode.NOT_FOUND, 'There is no such inquiry.', INQUIRY_PATH);
  return {
    id: row.id,
    version: row.version,
    sourceId: row.source_id,
    leadId: row.lead_id,
    operatorId: row.operator_id,
    groupId: row.group_id,
    status: row.status,
    priority: row.priority,
    acceptBy: row.accept_by === null ? null : new Date(row.accept_by),
    answered: row.answered,
  };
}

/** An inquiry that is held at its next version, which the caller gives the row. */
export function nextVersionOf<Inquiry extends ChangedInquiry>(inquiry: Inquiry): Inquiry {
  return { ...inquiry, version: inquiry.version + 1 };
}

/** @throws Refusal with STATE_NOT_ALLOWED for an inquiry that is closed or rejected */
export function checkActive({ status }: HeldInquiry): void {
  if (status === InquiryStatus.ACTIVE) return;
  const message = `The inquiry is ${status.toLowerCase()}; it must be reopened first.`;
  throw refuse(ErrorCode.STATE_NOT_ALLOWED, message, INQUIRY_PATH);
}
