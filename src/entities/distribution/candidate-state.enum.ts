import type { LabelsOf } from '../shared/localised-label.js';

/** Whether an operator could take an inquiry when one was chosen, or what stood in the way first. */
export enum CandidateState {
  ELIGIBLE = 'ELIGIBLE',
  INACTIVE = 'INACTIVE',
  ZERO_WEIGHT = 'ZERO_WEIGHT',
  LACKS_SKILL = 'LACKS_SKILL',
  OUT_OF_HOURS = 'OUT_OF_HOURS',
  ABSENT = 'ABSENT',
  AT_LIMIT = 'AT_LIMIT',
  AWAITED = 'AWAITED',
  PASSED_OVER = 'PASSED_OVER',
}

export const CANDIDATE_STATE_LABELS: LabelsOf<CandidateState> = {
  ELIGIBLE: { ru: 'Может принять', uk: 'Може прийняти' },
  INACTIVE: { ru: 'Не активен', uk: 'Не активний' },
  ZERO_WEIGHT: { ru: 'Нулевой вес', uk: 'Нульова вага' },
  LACKS_SKILL: { ru: 'Нет нужных навыков', uk: 'Немає потрібних навичок' },
  OUT_OF_HOURS: { ru: 'Вне рабочих часов', uk: 'Поза робочим часом' },
  ABSENT: { ru: 'Нет на месте', uk: 'Немає на місці' },
  AT_LIMIT: { ru: 'Загружен до предела', uk: 'Завантажений до межі' },
  AWAITED: { ru: 'Нужен тем, кто ждёт', uk: 'Потрібен тим, хто чекає' },
  PASSED_OVER: { ru: 'Уже отказался или не принял', uk: 'Вже відмовився або не прийняв' },
};
