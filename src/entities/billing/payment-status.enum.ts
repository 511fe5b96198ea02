import type { LabelsOf } from '../shared/localised-label.js';

/** Where a payment stands. Cash is confirmed by the hand that takes it. */
export enum PaymentStatus {
  CONFIRMED = 'CONFIRMED',
}

export const PAYMENT_STATUS_LABELS: LabelsOf<PaymentStatus> = {
  CONFIRMED: { ru: 'Подтверждён', uk: 'Підтверджений' },
};
