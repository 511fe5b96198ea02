import type { WeeklySchedule } from '../../entities/identity/operator.entity.js';
import { creation, difference } from '../shared/events/change.js';
import type { Change, NewEvent } from '../shared/events/event.js';

/** An operator at the version that a change has given them. */
export interface ChangedOperator {
  readonly id: string;
  readonly version: number;
  /** Of their user. */
  readonly groupId: string | null;
}

/** What of an operator's profile somebody changes. */
export interface OperatorFields {
  readonly alias: string;
  readonly phone: string | null;
  readonly maxLoad: number;
  readonly schedule: WeeklySchedule | null;
  readonly skills: readonly string[];
  readonly active: boolean;
  readonly removedAt: Date | null;
}

function event(kind: string, { id, version, groupId }: ChangedOperator, change: Change): NewEvent {
  return { kind, subject: { kind: 'Operator', id, version }, data: { groupId }, change };
}

/** The event that an operator was made known; with `before` for one who had been removed. */
export function operatorRegistered(
  operator: ChangedOperator,
  before: OperatorFields | undefined,
  after: OperatorFields,
): NewEvent {
  const { alias, phone, maxLoad, schedule, skills } = after;
  const change = before
    ? difference({ ...before }, { ...after })
    : creation({ alias, phone, maxLoad, schedule, ...(skills.length > 0 ? { skills } : {}) });
  return event('operator.registered', operator, change);
}

/** The event that an operator's profile or number became different, the limit or whether they are active among it. */
export function operatorChanged(operator: ChangedOperator, before: OperatorFields, after: OperatorFields): NewEvent {
  return event('operator.changed', operator, difference({ ...before }, { ...after }));
}

/** The event that an operator was removed. */
export function operatorRemoved(operator: ChangedOperator, before: OperatorFields, after: OperatorFields): NewEvent {
  return event('operator.removed', operator, difference({ ...before }, { ...after }));
}
