import type { LabelsOf } from '../shared/localised-label.js';

/** Why an inquiry waits, looked at anew about every second: what came nearest to somebody free. */
export enum WaitingReason {
  NO_OPERATORS = 'NO_OPERATORS',
  NOBODY_ACTIVE = 'NOBODY_ACTIVE',
  NO_SKILLS = 'NO_SKILLS',
  OUT_OF_HOURS = 'OUT_OF_HOURS',
  NOBODY_PRESENT = 'NOBODY_PRESENT',
  ALL_AT_LIMIT = 'ALL_AT_LIMIT',
  BEHIND_OTHERS = 'BEHIND_OTHERS',
  HANDED_BACK = 'HANDED_BACK',
}

export const WAITING_REASON_LABELS: LabelsOf<WaitingReason> = {
  NO_OPERATORS: { ru: 'У источника нет операторов', uk: 'Джерело не має операторів' },
  NOBODY_ACTIVE: { ru: 'Нет активных операторов', uk: 'Немає активних операторів' },
  NO_SKILLS: { ru: 'Ни у кого нет нужных навыков', uk: 'Ніхто не має потрібних навичок' },
  OUT_OF_HOURS: { ru: 'Нерабочее время', uk: 'Неробочий час' },
  NOBODY_PRESENT: { ru: 'Никого нет на месте', uk: 'Нікого немає на місці' },
  ALL_AT_LIMIT: { ru: 'Все загружены до предела', uk: 'Усі завантажені до межі' },
  BEHIND_OTHERS: { ru: 'В очереди за другими', uk: 'У черзі за іншими' },
  HANDED_BACK: { ru: 'Возвращено в очередь', uk: 'Повернуто до черги' },
};
