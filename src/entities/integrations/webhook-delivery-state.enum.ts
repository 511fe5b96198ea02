import type { LabelsOf } from '../shared/localised-label.js';

/** How far an event is on its way to an endpoint. */
export enum WebhookDeliveryState {
  PENDING = 'PENDING',
  DELIVERED = 'DELIVERED',
  FAILED = 'FAILED',
  CANCELLED = 'CANCELLED',
}

export const WEBHOOK_DELIVERY_STATE_LABELS: LabelsOf<WebhookDeliveryState> = {
  PENDING: { ru: 'Ожидает', uk: 'Очікує' },
  DELIVERED: { ru: 'Доставлено', uk: 'Доставлено' },
  FAILED: { ru: 'Не доставлено', uk: 'Не доставлено' },
  CANCELLED: { ru: 'Отменено', uk: 'Скасовано' },
};
