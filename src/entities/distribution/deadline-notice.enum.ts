import type { LabelsOf } from '../shared/localised-label.js';

/** What is told of the deadline of an inquiry's first answer. */
export enum DeadlineNotice {
  WARNING = 'WARNING',
  BREACH = 'BREACH',
}

export const DEADLINE_NOTICE_LABELS: LabelsOf<DeadlineNotice> = {
  WARNING: { ru: 'Срок ответа скоро истечёт', uk: 'Строк відповіді невдовзі спливе' },
  BREACH: { ru: 'Срок ответа истёк', uk: 'Строк відповіді сплив' },
};
