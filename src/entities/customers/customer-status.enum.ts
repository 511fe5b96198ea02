import type { LabelsOf } from '../shared/localised-label.js';

/** Where a customer stands (requirements, part 2). */
export enum CustomerStatus {
  ACTIVE = 'ACTIVE',
  SUSPENDED = 'SUSPENDED',
  BLOCKED = 'BLOCKED',
  CLOSED = 'CLOSED',
}

export const CUSTOMER_STATUS_LABELS: LabelsOf<CustomerStatus> = {
  ACTIVE: { ru: 'Активен', uk: 'Активний' },
  SUSPENDED: { ru: 'Приостановлен', uk: 'Призупинений' },
  BLOCKED: { ru: 'Заблокирован', uk: 'Заблокований' },
  CLOSED: { ru: 'Закрыт', uk: 'Закритий' },
};
