import { sql } from 'kysely';
import type { AssignmentEnd } from '../../entities/distribution/assignment-end.enum.js';
import { WaitingReason } from '../../entities/distribution/waiting-reason.enum.js';
import type { Work } from '../shared/database/work.js';
import { type HeldInquiry, nextVersionOf } from './hold-inquiry.js';
import { inquiryReleased } from './inquiry.events.js';

/** Takes an inquiry that is held from its operator: it waits again, in the place that it had, or last if it was let pass. */
export async function handBack(
  work: Work,
  inquiry: HeldInquiry & { readonly operatorId: string },
  end: AssignmentEnd,
): Promise<void> {
  await work.rows(sql`select distribution.release(${inquiry.id}, ${end}, ${WaitingReason.HANDED_BACK}, ${work.now})`);
  const released = { ...nextVersionOf(inquiry), operatorId: null, groupId: null };
  await work.record([inquiryReleased(released, { previousOperatorId: inquiry.operatorId, end })]);
}
