import { creation } from '../shared/events/change.js';
import type { NewChange } from '../shared/events/event.js';

/** That the contents of so many records of an object's history were erased. */
export function historyErased(subject: NewChange['subject'], records: number): NewChange {
  return { kind: 'history.erased', subject, change: creation({ records }) };
}
