import { creation, difference } from '../shared/events/change.js';
import type { NewEvent } from '../shared/events/event.js';
import { encodeId } from '../shared/ids/global-id.js';
import type { SourceFields } from './source.fields.js';

/** A source at the version that a change has given it. */
export interface ChangedSource {
  readonly id: string;
  readonly version: number;
}

/** What became of an operator’s weight in a source; null where they are, or were, not in it. */
export interface WeightChange {
  readonly operatorId: string;
  readonly before: string | null;
  readonly after: string | null;
}

const subjectOf = ({ id, version }: ChangedSource) => ({ kind: 'Source', id, version });

/** The event that a source was made. */
export function sourceCreated(source: ChangedSource, fields: SourceFields): NewEvent {
  return {
    kind: 'source.created',
    subject: subjectOf(source),
    data: { sourceId: source.id },
    change: creation({ ...fields }),
  };
}

/** The event that a source became otherwise. */
export function sourceChanged(source: ChangedSource, before: SourceFields, after: SourceFields): NewEvent {
  return {
    kind: 'source.changed',
    subject: subjectOf(source),
    data: { sourceId: source.id },
    change: difference({ ...before }, { ...after }),
  };
}

/** The event that a source takes nothing in any more. */
export function sourceRemoved(source: ChangedSource, removedAt: Date): NewEvent {
  return {
    kind: 'source.removed',
    subject: subjectOf(source),
    data: { sourceId: source.id },
    change: difference({ removedAt: null }, { removedAt }),
  };
}

/** The event that an operator takes inquiries of a source with another weight than before, or does no more. */
export function sourceWeightsChanged(source: ChangedSource, { operatorId, before, after }: WeightChange): NewEvent {
  const fields = (weight: string | null) =>
    weight === null ? null : { operatorId: encodeId('Operator', operatorId), weight };
  return {
    kind: 'source.weights-changed',
    subject: subjectOf(source),
    data: { sourceId: source.id, operatorId },
    change: { before: fields(before), after: fields(after) },
  };
}
