import { DuplicateState } from '../../entities/distribution/duplicate-state.enum.js';
import { difference } from '../shared/events/change.js';
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
  /** What they are known by beside. */
  readonly aliases?: readonly string[];
  /** What sources call them whose external ids are a namespace of their own. */
  readonly sourceIds?: readonly string[];
}

/** What a merge changes of a lead; other leads as keys. */
export interface MergedFields extends LeadFields {
  /** The lead that it was found to be the same as. */
  readonly mergedIntoId?: string | null;
  /** The lead that was found to be the same as it. */
  readonly mergedFromId?: string | null;
}

const leadId = (key: string) => encodeId('Lead', key);
const subjectOf = ({ id, version }: ChangedLead) => ({ kind: 'Lead', id, version });

/** The event that a lead is known by more, or by other words. */
export function leadChanged(lead: ChangedLead, before: LeadFields, after: LeadFields): NewEvent {
  return { kind: 'lead.changed', subject: subjectOf(lead), data: {}, change: difference({ ...before }, { ...after }) };
}

/** The event that a lead has what another had that is the same person, or that another has what it had. */
export function leadMerged(lead: ChangedLead, before: MergedFields, after: MergedFields): NewEvent {
  const change = difference(withGlobalIds(before), withGlobalIds(after));
  return { kind: 'lead.merged', subject: subjectOf(lead), data: {}, change };
}

function withGlobalIds({ mergedIntoId, mergedFromId, ...fields }: MergedFields): Readonly<Record<string, unknown>> {
  return {
    ...fields,
    ...(mergedIntoId && { mergedIntoId: leadId(mergedIntoId) }),
    ...(mergedFromId && { mergedFromId: leadId(mergedFromId) }),
  };
}

/** The two leads of a possible duplicate, as keys. */
export interface Pair {
  readonly firstId: string;
  readonly secondId: string;
}

const duplicate = (id: string) => ({ kind: 'LeadDuplicate', id });
const idsOf = ({ firstId, secondId }: Pair) => ({ firstId: leadId(firstId), secondId: leadId(secondId) });

/** That two leads were found to be different people. */
export function leadDuplicateDismissed(id: string): NewChange {
  const change = difference({ state: DuplicateState.OPEN }, { state: DuplicateState.DISMISSED });
  return { kind: 'lead-duplicate.dismissed', subject: duplicate(id), change };
}

/** That two leads were found to be one person. */
export function leadDuplicateMerged(id: string, before: DuplicateState): NewChange {
  const change = difference({ state: before }, { state: DuplicateState.MERGED });
  return { kind: 'lead-duplicate.merged', subject: duplicate(id), change };
}

/** That one of two leads was merged into a third, which there is such a pair of already. */
export function leadDuplicateReplaced(id: string): NewChange {
  const change = difference({ state: DuplicateState.OPEN }, { state: DuplicateState.REPLACED });
  return { kind: 'lead-duplicate.changed', subject: duplicate(id), change };
}

/** That one of two leads was merged into a third, which is in its place now. */
export function leadDuplicateMoved(id: string, before: Pair, after: Pair): NewChange {
  return { kind: 'lead-duplicate.changed', subject: duplicate(id), change: difference(idsOf(before), idsOf(after)) };
}
