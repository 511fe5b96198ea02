import type { LabelsOf } from '../shared/localised-label.js';

/** Whether events are sent to a webhook endpoint. */
export enum WebhookEndpointState {
  ACTIVE = 'ACTIVE',
  /** Somebody paused it, or it cannot go on by itself. */
  PAUSED = 'PAUSED',
  /** The circuit breaker opened: it is tried again by and by. */
  SUSPENDED = 'SUSPENDED',
}

export const WEBHOOK_ENDPOINT_STATE_LABELS: LabelsOf<WebhookEndpointState> = {
  ACTIVE: { ru: 'Работает', uk: 'Працює' },
  PAUSED: { ru: 'На паузе', uk: 'На паузі' },
  SUSPENDED: { ru: 'Приостановлен из-за сбоев', uk: 'Призупинено через збої' },
};
