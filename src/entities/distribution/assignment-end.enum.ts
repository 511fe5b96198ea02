import type { LabelsOf } from '../shared/localised-label.js';

/** What ended an assignment. */
export enum AssignmentEnd {
  CLOSED = 'CLOSED',
  REJECTED = 'REJECTED',
  MOVED = 'MOVED',
  HANDED_BACK = 'HANDED_BACK',
  DECLINED = 'DECLINED',
  NOT_ACCEPTED = 'NOT_ACCEPTED',
  OPERATOR_LEFT = 'OPERATOR_LEFT',
}

export const ASSIGNMENT_END_LABELS: LabelsOf<AssignmentEnd> = {
  CLOSED: { ru: 'Обращение закрыто', uk: 'Звернення закрите' },
  REJECTED: { ru: 'Обращение отклонено', uk: 'Звернення відхилене' },
  MOVED: { ru: 'Передано другому', uk: 'Передано іншому' },
  HANDED_BACK: { ru: 'Возвращено в очередь', uk: 'Повернуто до черги' },
  DECLINED: { ru: 'Оператор отказался', uk: 'Оператор відмовився' },
  NOT_ACCEPTED: { ru: 'Не принято вовремя', uk: 'Не прийнято вчасно' },
  OPERATOR_LEFT: { ru: 'Оператор выбыл', uk: 'Оператор вибув' },
};
