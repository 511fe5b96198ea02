import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import type { NewEvent } from '../shared/events/event.js';
import { type ChangedInquiry, inquiryLeadChanged } from './inquiry.events.js';

/**
 * Gives a lead's inquiries to another one; who has them stays. Both leads are held.
 *
 * @returns what the log is to tell, in the order of the inquiries' keys
 */
export async function moveInquiries(work: Work, toId: string, fromId: string): Promise<NewEvent[]> {
  await work.rows(sql`select from inquiry i where i.lead_id = ${fromId} order by i.id for no key update`);
  const moved = await work.rows(sql<ChangedInquiry>`
    with moved as (
      update inquiry i set lead_id = ${toId}, version = i.version + 1 where i.lead_id = ${fromId}
      returning i.id, i.version, i.source_id, i.lead_id, i.operator_id)
    select m.id, m.version, m.source_id as "sourceId", m.lead_id as "leadId", m.operator_id as "operatorId",
      u.group_id as "groupId"
    from moved m left join operator o on o.id = m.operator_id left join app_user u on u.id = o.user_id order by m.id`);
  return moved.map((inquiry) => inquiryLeadChanged(inquiry, fromId));
}
