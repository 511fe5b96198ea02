import type { LeadIdentifier } from '../../entities/distribution/lead-identifier.enum.js';
import { creation, difference } from '../shared/events/change.js';
import type { NewChange, NewEvent } from '../shared/events/event.js';
import { encodeId } from '../shared/ids/global-id.js';

/** A lead at the version that a change has given it. */
export interface ChangedLead {
  readonly id: string;
  readonly version: number;
}

/** What a lead is known by, and called. */
export interface LeadFields {
  readonly name?: string | null;
  readonly externalId?: string | null;
  readonly phone?: string | null;
  readonly email?: string | null;
}

const subjectOf = ({ id, version }: ChangedLead) => ({ kind: 'Lead', id, version });

/** The event that a lead was made; what it is known by stands in the history alone. */
export function leadRegistered(lead: ChangedLead, fields: LeadFields): NewEvent {
  return { kind: 'lead.registered', subject: subjectOf(lead), data: {}, change: creation({ ...fields }) };
}

/** The event that a lead is known by more, or by other words. */
export function leadChanged(lead: ChangedLead, before: LeadFields, after: LeadFields): NewEvent {
  return { kind: 'lead.changed', subject: subjectOf(lead), data: {}, change: difference({ ...before }, { ...after }) };
}

/** That one inquiry named two leads: they may be one person. */
export function leadDuplicateFound(
  id: string,
  fields: { readonly firstId: string; readonly secondId: string; readonly identifier: LeadIdentifier },
): NewChange {
  const { firstId, secondId, identifier } = fields;
  const ids = { firstId: encodeId('Lead', firstId), secondId: encodeId('Lead', secondId) };
  return {
    kind: 'lead-duplicate.found',
    subject: { kind: 'LeadDuplicate', id },
    change: creation({ ...ids, identifier }),
  };
}
