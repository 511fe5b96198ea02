import type { LabelsOf } from '../shared/localised-label.js';

/** How a call ended (requirements, part 6). */
export enum CallStatus {
  COMPLETED = 'COMPLETED',
  REJECTED = 'REJECTED',
  REDIRECTED = 'REDIRECTED',
  MISSED = 'MISSED',
}

export const CALL_STATUS_LABELS: LabelsOf<CallStatus> = {
  COMPLETED: { ru: 'Состоялся', uk: 'Відбувся' },
  REJECTED: { ru: 'Отклонен', uk: 'Відхилений' },
  REDIRECTED: { ru: 'Перенаправлен', uk: 'Переадресований' },
  MISSED: { ru: 'Пропущен', uk: 'Пропущений' },
};
