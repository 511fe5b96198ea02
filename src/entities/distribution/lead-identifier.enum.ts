import type { LabelsOf } from '../shared/localised-label.js';

/** What a lead is known by, the strongest first (requirements, part 7). */
export enum LeadIdentifier {
  EXTERNAL_ID = 'EXTERNAL_ID',
  PHONE = 'PHONE',
  EMAIL = 'EMAIL',
}

export const LEAD_IDENTIFIER_LABELS: LabelsOf<LeadIdentifier> = {
  EXTERNAL_ID: { ru: 'Внешний идентификатор', uk: 'Зовнішній ідентифікатор' },
  PHONE: { ru: 'Телефон', uk: 'Телефон' },
  EMAIL: { ru: 'Эл. почта', uk: 'Ел. пошта' },
};
