import { sql } from 'kysely';
import { AssignmentEnd } from '../../entities/distribution/assignment-end.enum.js';
import { WaitingReason } from '../../entities/distribution/waiting-reason.enum.js';
import type { Work } from '../shared/database/work.js';
import { holdDistribution } from './hold-distribution.js';
import { inquiryReleased } from './inquiry.events.js';

/** An inquiry that its operator did not accept in time. */
interface Expired {
  id: string;
  version: number;
  source_id: string;
  lead_id: string;
  operator_id: string;
}

/**
 * Takes inquiries from operators who were to accept them by now and did not; they wait again, behind the
 * others of their queue, to be given to others
 * (requirements, part 7). One that somebody holds, perhaps to accept it at the last moment, is left for the next time.
 *
 * @param most so many at once
 * @returns how many
 */
export async function expireOffers(work: Work, most: number): Promise<number> {
  await holdDistribution(work);
  const expired = await work.rows(sql<Expired>`
    select id, version, source_id, lead_id, operator_id from inquiry where accept_by <= ${work.now}
    order by accept_by, id limit ${most} for no key update skip locked`);
  if (expired.length === 0) return 0;
  const operators = expired.map(({ operator_id }) => operator_id);
  await work.rows(sql`select from operator where id = any(${operators}::bigint[]) order by id for no key update`);
  await work.rows(sql`
    select distribution.release(k.id, ${AssignmentEnd.NOT_ACCEPTED}, ${WaitingReason.HANDED_BACK}, ${work.now})
    from unnest(${expired.map(({ id }) => id)}::bigint[]) k(id)`);
  await work.record(
    expired.map(({ id, version, source_id: sourceId, lead_id: leadId, operator_id: previousOperatorId }) =>
      inquiryReleased(
        { id, version: version + 1, sourceId, leadId, operatorId: null, groupId: null },
        { previousOperatorId, end: AssignmentEnd.NOT_ACCEPTED },
      ),
    ),
  );
  return expired.length;
}
