import type { LabelsOf } from '../shared/localised-label.js';

/** Where a SIM stands in its life (requirements, part 3). */
export enum SimStatus {
  IN_STOCK = 'IN_STOCK',
  RESERVED = 'RESERVED',
  ACTIVE = 'ACTIVE',
  SUSPENDED = 'SUSPENDED',
  BLOCKED = 'BLOCKED',
  RETIRED = 'RETIRED',
}

export const SIM_STATUS_LABELS: LabelsOf<SimStatus> = {
  IN_STOCK: { ru: 'На складе', uk: 'На складі' },
  RESERVED: { ru: 'Зарезервирована', uk: 'Зарезервована' },
  ACTIVE: { ru: 'Активна', uk: 'Активна' },
  SUSPENDED: { ru: 'Приостановлена', uk: 'Призупинена' },
  BLOCKED: { ru: 'Заблокирована', uk: 'Заблокована' },
  RETIRED: { ru: 'Списана', uk: 'Списана' },
};
