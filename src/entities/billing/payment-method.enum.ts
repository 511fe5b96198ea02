import type { LabelsOf } from '../shared/localised-label.js';

/** How a payment reached us. */
export enum PaymentMethod {
  CASH = 'CASH',
}

export const PAYMENT_METHOD_LABELS: LabelsOf<PaymentMethod> = {
  CASH: { ru: 'Наличные', uk: 'Готівка' },
};
