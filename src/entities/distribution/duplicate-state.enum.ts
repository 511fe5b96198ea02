import type { LabelsOf } from '../shared/localised-label.js';

/** What a person made of two leads that may be one, with them or with another lead. */
export enum DuplicateState {
  OPEN = 'OPEN',
  DISMISSED = 'DISMISSED',
  MERGED = 'MERGED',
  REPLACED = 'REPLACED',
}

export const DUPLICATE_STATE_LABELS: LabelsOf<DuplicateState> = {
  OPEN: { ru: 'Не рассмотрено', uk: 'Не розглянуто' },
  DISMISSED: { ru: 'Разные люди', uk: 'Різні люди' },
  MERGED: { ru: 'Объединены', uk: 'Об’єднані' },
  REPLACED: { ru: 'Заменено другой парой', uk: 'Замінено іншою парою' },
};
