import { creation, difference } from '../shared/events/change.js';
import type { NewEvent } from '../shared/events/event.js';
import type { NewCustomer } from './customer-input.js';

const fieldsOf = ({ name, lastName, firstName, patronymic, companyName, email }: NewCustomer) => ({
  name,
  lastName,
  firstName,
  patronymic,
  companyName,
  email,
});

/** The event that a customer was registered. */
export function customerRegistered(id: string, customer: NewCustomer): NewEvent {
  return {
    kind: 'customer.registered',
    subject: { kind: 'Customer', id, version: 1 },
    data: { customerId: id },
    change: creation(fieldsOf(customer)),
  };
}

/**
 * The event that fields of a customer were changed; it names them and says nothing of what is in them.
 *
 * @param fields those that a listener is told of: the parts of a name are its name
 */
export function customerChanged(
  id: string,
  version: number,
  fields: readonly string[],
  [before, after]: readonly [NewCustomer, NewCustomer],
): NewEvent {
  return {
    kind: 'customer.changed',
    subject: { kind: 'Customer', id, version },
    data: { customerId: id, changed: fields },
    change: difference(fieldsOf(before), fieldsOf(after)),
  };
}
