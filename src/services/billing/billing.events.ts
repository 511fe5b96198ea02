import type { NewEvent } from '../shared/events/event.js';

/** The event that a payment was posted. */
export function paymentRecorded(
  id: string,
  data: {
    readonly customerId: string;
    readonly contractId: string;
    /** Decimal string. */
    readonly amount: string;
    readonly currency: string;
    readonly method: string;
  },
): NewEvent {
  return { kind: 'payment.recorded', subject: { kind: 'Payment', id, version: 1 }, data };
}
