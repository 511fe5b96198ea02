import type { LabelsOf } from '../shared/localised-label.js';

/** Where a contract stands (requirements, part 4). */
export enum ContractStatus {
  DRAFT = 'DRAFT',
  ACCEPTED = 'ACCEPTED',
  ACTIVE = 'ACTIVE',
  SUSPENDED = 'SUSPENDED',
  CLOSED = 'CLOSED',
  CANCELLED = 'CANCELLED',
}

export const CONTRACT_STATUS_LABELS: LabelsOf<ContractStatus> = {
  DRAFT: { ru: 'Черновик', uk: 'Чернетка' },
  ACCEPTED: { ru: 'Принят', uk: 'Прийнятий' },
  ACTIVE: { ru: 'Действует', uk: 'Діє' },
  SUSPENDED: { ru: 'Приостановлен', uk: 'Призупинений' },
  CLOSED: { ru: 'Закрыт', uk: 'Закритий' },
  CANCELLED: { ru: 'Отменён', uk: 'Скасований' },
};
