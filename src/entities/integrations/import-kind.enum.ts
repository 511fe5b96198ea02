import type { LabelsOf } from '../shared/localised-label.js';

/** What an import brings in. */
export enum ImportKind {
  SUBSCRIBERS = 'SUBSCRIBERS',
  CALLS = 'CALLS',
}

export const IMPORT_KIND_LABELS: LabelsOf<ImportKind> = {
  SUBSCRIBERS: { ru: 'Абоненты', uk: 'Абоненти' },
  CALLS: { ru: 'Звонки', uk: 'Дзвінки' },
};
