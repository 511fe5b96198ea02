import { sql } from 'kysely';
import type { DuplicateState } from '../../entities/distribution/duplicate-state.enum.js';
import { Lead } from '../../entities/distribution/lead.entity.js';
import { LeadAlias } from '../../entities/distribution/lead-alias.entity.js';
import { LeadDuplicate } from '../../entities/distribution/lead-duplicate.entity.js';
import { LeadIdentifier } from '../../entities/distribution/lead-identifier.enum.js';
import { LeadSourceId } from '../../entities/distribution/lead-source-id.entity.js';
import { readPhoneNumber } from '../shared/phone/phone-number.js';
import { choice, filter } from '../shared/read/filter.js';
import { readable } from '../shared/read/readable.js';
import { emailKey } from '../shared/text/email-address.js';
import { tidied } from '../shared/text/tidied.js';
import { listedLeads, visibleLeadDuplicates, visibleLeadNames, visibleLeads } from './inquiry.policy.js';

/** Leads whose own identifier is a value, or that are known by it beside, as keys: each found by an index. */
const knownBy = (column: string, identifier: LeadIdentifier, value: unknown) => sql`
  select l.id from lead l where ${sql.ref(`l.${column}`)} = ${value}
  union all select a.lead_id from lead_alias a where a.identifier = ${identifier} and a.value = ${value}`;

/** How leads are read. */
export const leads = readable({
  kind: 'Lead',
  entity: Lead,
  visible: visibleLeads,
  listed: listedLeads,
  filters: {
    name: filter<string>((part) => sql`strpos(lower(t.name), lower(${part})) > 0`),
    externalId: filter<string>(
      (id) => sql`t.id in (${knownBy('external_id', LeadIdentifier.EXTERNAL_ID, id)}
        union all select k.lead_id from lead_source_id k where k.external_id = ${id})`,
      tidied,
    ),
    phone: filter(
      (number) => sql`t.id in (${knownBy('phone', LeadIdentifier.PHONE, number)})`,
      (text: string) => readPhoneNumber(text) ?? '',
    ),
    email: filter((email) => sql`t.id in (${knownBy('email', LeadIdentifier.EMAIL, email)})`, emailKey),
    merged: choice<boolean>((merged) => sql`(t.merged_into_id is not null) = ${merged}`),
  },
  orders: { CREATED_AT: ['createdAt'] },
  defaultOrder: { field: 'CREATED_AT', direction: 'DESC' },
});

/** How the names are read that sources of their own call leads by. */
export const leadSourceIds = readable({
  kind: 'LeadSourceId',
  entity: LeadSourceId,
  visible: visibleLeadNames,
  filters: {},
  orders: { ID: [] },
  defaultOrder: { field: 'ID', direction: 'ASC' },
});

/** How it is read what leads are known by beside their own identifiers. */
export const leadAliases = readable({
  kind: 'LeadAlias',
  entity: LeadAlias,
  visible: visibleLeadNames,
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
