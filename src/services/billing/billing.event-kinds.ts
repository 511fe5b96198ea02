import { Permission } from '../../entities/identity/permission.enum.js';
import type { EventKinds } from '../shared/events/event-kind.js';

/** What partners may be told of payments. */
export const BILLING_EVENT_KINDS: EventKinds = {
  'payment.recorded': {
    needs: Permission.PAYMENTS_READ,
    subject: 'Payment',
    data: {
      customerId: { description: 'Who paid.', idOf: 'Customer' },
      contractId: { description: 'What it was paid for.', idOf: 'Contract' },
      amount: { description: 'How much, as decimal text.' },
      currency: { description: 'ISO 4217 code.' },
      method: { description: 'How it reached us, as `PaymentMethod` has it.' },
    },
    label: { en: 'A payment was recorded', ru: 'Платёж принят', uk: 'Платіж прийнято' },
  },
};
