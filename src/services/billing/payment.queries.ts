import { sql } from 'kysely';
import { Account } from '../../entities/billing/account.entity.js';
import { Payment } from '../../entities/billing/payment.entity.js';
import type { PaymentMethod } from '../../entities/billing/payment-method.enum.js';
import { choice, idFilter, instantFilter } from '../shared/read/filter.js';
import { readable } from '../shared/read/readable.js';
import { visiblePayments } from './payment.policy.js';

/** How payments are read. */
export const payments = readable({
  kind: 'Payment',
  entity: Payment,
  visible: visiblePayments,
  filters: {
    method: choice<PaymentMethod>((method) => sql`t.method = ${method}`),
    customerId: idFilter('Customer', (key) => sql`t.customer_id = ${key}`),
    contractId: idFilter('Contract', (key) => sql`t.contract_id = ${key}`),
    receivedFrom: instantFilter((from) => sql`t.received_at >= ${from}::timestamptz`),
    receivedBefore: instantFilter((before) => sql`t.received_at < ${before}::timestamptz`),
  },
  orders: { RECEIVED_AT: ['receivedAt'] },
  defaultOrder: { field: 'RECEIVED_AT', direction: 'DESC' },
});

/** How the accounts of contracts are read, for their balances; they are no objects of the graph. */
export const accounts = readable({
  kind: 'Account',
  entity: Account,
  visible: visiblePayments,
  filters: {},
  orders: { ID: [] },
  defaultOrder: { field: 'ID', direction: 'ASC' },
});
