import { sql } from 'kysely';
import { Account } from '../../entities/billing/account.entity.js';
import { Payment } from '../../entities/billing/payment.entity.js';
import type { PaymentMethod } from '../../entities/billing/payment-method.enum.js';
import { keyOf } from '../shared/ids/global-id.js';
import { choice, filter } from '../shared/read/filter.js';
import { readable } from '../shared/read/readable.js';
import { visiblePayments } from './payment.policy.js';

/** How payments are read. */
export const payments = readable({
  kind: 'Payment',
  entity: Payment,
  visible: visiblePayments,
  filters: {
    method: choice<PaymentMethod>((method) => sql`t.method = ${method}`),
    customerId: filter(
      (key) => sql`t.customer_id = ${key}`,
      (id: string, _scope, path) => keyOf('Customer', id, path),
    ),
    contractId: filter(
      (key) => sql`t.contract_id = ${key}`,
      (id: string, _scope, path) => keyOf('Contract', id, path),
    ),
    receivedFrom: filter(
      (from) => sql`t.received_at >= ${from}::timestamptz`,
      (instant: Date) => instant.toISOString(),
    ),
    receivedBefore: filter(
      (before) => sql`t.received_at < ${before}::timestamptz`,
      (instant: Date) => instant.toISOString(),
    ),
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
  orders: {},
  defaultOrder: { field: '', direction: 'ASC' },
});
