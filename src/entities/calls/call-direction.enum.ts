import type { LabelsOf } from '../shared/localised-label.js';

/** Which way a call went, seen from the contact centre. */
export enum CallDirection {
  /** To an operator. */
  INBOUND = 'INBOUND',
  /** By an operator. */
  OUTBOUND = 'OUTBOUND',
  /** From one operator to another. */
  INTERNAL = 'INTERNAL',
  /** Through the network, with no operator at either end. */
  NETWORK = 'NETWORK',
}

export const CALL_DIRECTION_LABELS: LabelsOf<CallDirection> = {
  INBOUND: { ru: 'Входящий', uk: 'Вхідний' },
  OUTBOUND: { ru: 'Исходящий', uk: 'Вихідний' },
  INTERNAL: { ru: 'Внутренний', uk: 'Внутрішній' },
  NETWORK: { ru: 'Сетевой', uk: 'Мережевий' },
};
