import { difference, NO_FIELDS } from '../shared/events/change.js';
import type { NewEvent } from '../shared/events/event.js';

/** A source at the version that a change of its intake has given it. */
export interface ChangedSourceIntake {
  readonly id: string;
  readonly version: number;
}

const subjectOf = ({ id, version }: ChangedSourceIntake) => ({ kind: 'Source', id, version });

/** The event that a source takes inquiries in over HTTP, or that what they are signed with is another now. */
export function sourceIntakeOpened(source: ChangedSourceIntake, data: { readonly rotated: boolean }): NewEvent {
  const change = data.rotated ? NO_FIELDS : difference({ intakeOpen: false }, { intakeOpen: true });
  return { kind: 'source.intake-opened', subject: subjectOf(source), data, change };
}

/** The event that a source takes no inquiries in over HTTP any more. */
export function sourceIntakeClosed(source: ChangedSourceIntake): NewEvent {
  const change = difference({ intakeOpen: true }, { intakeOpen: false });
  return { kind: 'source.intake-closed', subject: subjectOf(source), data: {}, change };
}
