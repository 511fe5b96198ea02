import type { LabelsOf } from '../shared/localised-label.js';

/** What a person made of two leads that may be one. */
export enum DuplicateState {
  OPEN = 'OPEN',
  DISMISSED = 'DISMISSED',
  MERGED = 'MERGED',
}

export const DUPLICATE_STATE_LABELS: LabelsOf<DuplicateState> = {
  OPEN: { ru: 'Не рассмотрено', uk: 'Не розглянуто' },
  DISMISSED: { ru: 'Разные люди', uk: 'Різні люди' },
  MERGED: { ru: 'Объединены', uk: 'Об’єднані' },
};
