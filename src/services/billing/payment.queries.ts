import { sql } from 'kysely';
import { Account } from '../../entities/billing/account.entity.js';
import { Payment } from '../../entities/billing/payment.entity.js';
import type { PaymentMethod } from '../../entities/billing/payment-method.enum.js';
import { keyOf } from '../shared/ids/global-id.js';
import { readable } from '../shared/read/readable.js';
import { visiblePayments } from './payment.policy.js';

/** How payments are read. */
export const payments = readable({
  kind: 'Payment',
  entity: Payment,
  visible: visiblePayments,
  filters: {
    method: (method: PaymentMethod) => sql`t.method = ${method}`,
    customerId: (id: string) => sql`t.customer_id = ${keyOf('Customer', id, ['filter', 'customerId'])}`,
    contractId: (id: string) => sql`t.contract_id = ${keyOf('Contract', id, ['filter', 'contractId'])}`,
    receivedFrom: (instant: Date) => sql`t.received_at >= ${instant.toISOString()}::timestamptz`,
    receivedBefore: (instant: Date) => sql`t.received_at < ${instant.toISOString()}::timestamptz`,
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
