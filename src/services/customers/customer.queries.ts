import { sql } from 'kysely';
import { Customer } from '../../entities/customers/customer.entity.js';
import type { CustomerStatus } from '../../entities/customers/customer-status.enum.js';
import { readPhoneNumber } from '../shared/phone/phone-number.js';
import { choice, filter } from '../shared/read/filter.js';
import { readable } from '../shared/read/readable.js';
import { readEmail } from '../shared/text/email-address.js';
import { visibleCustomers } from './customer.policy.js';

/** How customers are read. */
export const customers = readable({
  kind: 'Customer',
  entity: Customer,
  visible: visibleCustomers,
  filters: {
    status: choice<CustomerStatus>((status) => sql`t.status = ${status}`),
    name: filter<string>((part) => sql`strpos(lower(t.name), lower(${part})) > 0`),
    email: filter<string>((email) => sql`lower(t.email) = lower(${email})`, readEmail),
    msisdn: filter(
      (number) => sql`exists (select from contract c where c.customer_id = t.id and c.msisdn = ${number})`,
      (text: string) => readPhoneNumber(text) ?? '',
    ),
  },
  orders: { NAME: ['name'], CREATED_AT: ['createdAt'] },
  defaultOrder: { field: 'NAME', direction: 'ASC' },
});
