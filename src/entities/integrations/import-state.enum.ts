import type { LabelsOf } from '../shared/localised-label.js';

/** How far an import is. */
export enum ImportState {
  QUEUED = 'QUEUED',
  RUNNING = 'RUNNING',
  DONE = 'DONE',
  /** The file as a whole could not be taken: its structure is wrong. */
  FAILED = 'FAILED',
}

export const IMPORT_STATE_LABELS: LabelsOf<ImportState> = {
  QUEUED: { ru: 'В очереди', uk: 'У черзі' },
  RUNNING: { ru: 'Выполняется', uk: 'Виконується' },
  DONE: { ru: 'Завершён', uk: 'Завершено' },
  FAILED: { ru: 'Не удался', uk: 'Не вдався' },
};
