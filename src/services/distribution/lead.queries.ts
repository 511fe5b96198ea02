import { sql } from 'kysely';
import type { DuplicateState } from '../../entities/distribution/duplicate-state.enum.js';
import { Lead } from '../../entities/distribution/lead.entity.js';
import { LeadDuplicate } from '../../entities/distribution/lead-duplicate.entity.js';
import { LeadSourceId } from '../../entities/distribution/lead-source-id.entity.js';
import { readPhoneNumber } from '../shared/phone/phone-number.js';
import { choice, filter } from '../shared/read/filter.js';
import { readable } from '../shared/read/readable.js';
import { visibleLeadDuplicates, visibleLeadSourceIds, visibleLeads } from './inquiry.policy.js';

/** How leads are read. */
export const leads = readable({
  kind: 'Lead',
  entity: Lead,
  visible: visibleLeads,
  filters: {
    name: filter<string>((part) => sql`strpos(lower(t.name), lower(${part})) > 0`),
    externalId: filter<string>(
      (id) =>
        sql`(t.external_id = ${id} or t.id in (select k.lead_id from lead_source_id k where k.external_id = ${id}))`,
    ),
    phone: filter(
      (number) => sql`t.phone = ${number}`,
      (text: string) => readPhoneNumber(text) ?? '',
    ),
    email: filter(
      (email) => sql`t.email = ${email}`,
      (email: string) => email.trim().toLowerCase(),
    ),
  },
  orders: { CREATED_AT: ['createdAt'] },
  defaultOrder: { field: 'CREATED_AT', direction: 'DESC' },
});

/** How the names are read that sources of their own call leads by. */
export const leadSourceIds = readable({
  kind: 'LeadSourceId',
  entity: LeadSourceId,
  visible: visibleLeadSourceIds,
  filters: {},
  orders: { ID: [] },
  defaultOrder: { field: 'ID', direction: 'ASC' },
});

/** How possible duplicates of leads are read. */
export const leadDuplicates = readable({
  kind: 'LeadDuplicate',
  entity: LeadDuplicate,
  visible: visibleLeadDuplicates,
  filters: { state: choice<DuplicateState>((state) => sql`t.state = ${state}`) },
  orders: { CREATED_AT: ['createdAt'] },
  defaultOrder: { field: 'CREATED_AT', direction: 'DESC' },
});
