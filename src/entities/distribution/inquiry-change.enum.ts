import type { LabelsOf } from '../shared/localised-label.js';

/** What happened to an inquiry, as those who show lists of inquiries are told. */
export enum InquiryChange {
  REGISTERED = 'REGISTERED',
  ASSIGNED = 'ASSIGNED',
  MOVED = 'MOVED',
  RELEASED = 'RELEASED',
  ACCEPTED = 'ACCEPTED',
  ANSWERED = 'ANSWERED',
  CLOSED = 'CLOSED',
  REJECTED = 'REJECTED',
  REOPENED = 'REOPENED',
  PRIORITY_CHANGED = 'PRIORITY_CHANGED',
  SKILLS_CHANGED = 'SKILLS_CHANGED',
  LEAD_CHANGED = 'LEAD_CHANGED',
}

export const INQUIRY_CHANGE_LABELS: LabelsOf<InquiryChange> = {
  REGISTERED: { ru: 'Поступило', uk: 'Надійшло' },
  ASSIGNED: { ru: 'Назначено', uk: 'Призначено' },
  MOVED: { ru: 'Передано другому', uk: 'Передано іншому' },
  RELEASED: { ru: 'Снова в очереди', uk: 'Знову в черзі' },
  ACCEPTED: { ru: 'Принято', uk: 'Прийнято' },
  ANSWERED: { ru: 'Дан первый ответ', uk: 'Надано першу відповідь' },
  CLOSED: { ru: 'Закрыто', uk: 'Закрито' },
  REJECTED: { ru: 'Отклонено', uk: 'Відхилено' },
  REOPENED: { ru: 'Открыто снова', uk: 'Відкрито знову' },
  LEAD_CHANGED: { ru: 'Отнесено к другому лиду', uk: 'Віднесено до іншого ліда' },
  PRIORITY_CHANGED: { ru: 'Изменён приоритет', uk: 'Змінено пріоритет' },
  SKILLS_CHANGED: { ru: 'Изменены навыки', uk: 'Змінено навички' },
};
