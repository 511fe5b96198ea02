import { Permission } from '../../entities/identity/permission.enum.js';
import type { EventKinds } from '../shared/events/event-kind.js';

const customerId = { description: 'The customer.', idOf: 'Customer' };

/** What partners may be told of customers. */
export const CUSTOMER_EVENT_KINDS: EventKinds = {
  'customer.registered': {
    needs: Permission.CUSTOMERS_READ,
    subject: 'Customer',
    data: { customerId },
    label: { en: 'A customer was registered', ru: 'Клиент зарегистрирован', uk: 'Клієнта зареєстровано' },
  },
  'customer.changed': {
    needs: Permission.CUSTOMERS_READ,
    subject: 'Customer',
    data: { customerId, changed: { description: 'The names of the fields that were changed.' } },
    label: { en: 'A customer was changed', ru: 'Данные клиента изменены', uk: 'Дані клієнта змінено' },
  },
};
