import type { LabelsOf } from '../shared/localised-label.js';

/** How an inquiry stands to the deadline of its first answer. */
export enum AnswerState {
  NONE = 'NONE',
  PENDING = 'PENDING',
  AT_RISK = 'AT_RISK',
  OVERDUE = 'OVERDUE',
  IN_TIME = 'IN_TIME',
  LATE = 'LATE',
}

export const ANSWER_STATE_LABELS: LabelsOf<AnswerState> = {
  NONE: { ru: 'Без срока', uk: 'Без строку' },
  PENDING: { ru: 'Ожидает ответа', uk: 'Очікує на відповідь' },
  AT_RISK: { ru: 'Срок скоро истечёт', uk: 'Строк невдовзі спливе' },
  OVERDUE: { ru: 'Просрочено', uk: 'Прострочено' },
  IN_TIME: { ru: 'Ответ дан в срок', uk: 'Відповідь надано вчасно' },
  LATE: { ru: 'Ответ опоздал', uk: 'Відповідь запізнилася' },
};
