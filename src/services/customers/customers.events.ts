import type { NewEvent } from '../shared/events/event.js';

/** The event that a customer was registered. */
export function customerRegistered(id: string): NewEvent {
  return { kind: 'customer.registered', subject: { kind: 'Customer', id, version: 1 }, data: { customerId: id } };
}

/** The event that fields of a customer were changed; it names them and says nothing of what is in them. */
export function customerChanged(id: string, version: number, changed: readonly string[]): NewEvent {
  return { kind: 'customer.changed', subject: { kind: 'Customer', id, version }, data: { customerId: id, changed } };
}
