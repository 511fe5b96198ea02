import type { LabelsOf } from './localised-label.js';

/** Why events are missing before a place of the event log. */
export enum GapReason {
  /** They were dropped: the log reaches back only so far. */
  LOG_DROPPED = 'LOG_DROPPED',
  /** The log is another one: the database was restored, or is a different one. */
  LOG_REPLACED = 'LOG_REPLACED',
}

export const GAP_REASON_LABELS: LabelsOf<GapReason> = {
  LOG_DROPPED: { ru: 'Журнал событий уже очищен', uk: 'Журнал подій уже очищено' },
  LOG_REPLACED: { ru: 'База данных восстановлена из копии', uk: 'Базу даних відновлено з копії' },
};
