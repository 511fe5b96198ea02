import type { PaymentMethod } from '../../entities/billing/payment-method.enum.js';
import type { PaymentStatus } from '../../entities/billing/payment-status.enum.js';
import { creation } from '../shared/events/change.js';
import type { NewEvent } from '../shared/events/event.js';
import { encodeId } from '../shared/ids/global-id.js';

/** The event that a payment was posted. */
export function paymentRecorded(
  id: string,
  data: {
    readonly customerId: string;
    readonly contractId: string;
    /** Decimal string. */
    readonly amount: string;
    readonly currency: string;
    readonly method: PaymentMethod;
  },
  fields: { readonly status: PaymentStatus; readonly receivedAt: Date },
): NewEvent {
  const { customerId, contractId, amount, currency, method } = data;
  const ids = { customerId: encodeId('Customer', customerId), contractId: encodeId('Contract', contractId) };
  return {
    kind: 'payment.recorded',
    subject: { kind: 'Payment', id, version: 1 },
    data,
    change: creation({ amount, currency, method, ...fields, ...ids }),
  };
}
