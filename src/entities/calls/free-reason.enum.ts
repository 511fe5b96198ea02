import type { LabelsOf } from '../shared/localised-label.js';

/** Why a leg cost nothing whatever its length (requirements, part 6). */
export enum FreeReason {
  BY_OPERATOR = 'BY_OPERATOR',
  TO_OPERATOR = 'TO_OPERATOR',
  /** Who should pay is no subscriber of ours. */
  NOT_OUR_SUBSCRIBER = 'NOT_OUR_SUBSCRIBER',
}

export const FREE_REASON_LABELS: LabelsOf<FreeReason> = {
  BY_OPERATOR: { ru: 'Звонит оператор', uk: 'Телефонує оператор' },
  TO_OPERATOR: { ru: 'Звонок оператору', uk: 'Дзвінок оператору' },
  NOT_OUR_SUBSCRIBER: { ru: 'Не наш абонент', uk: 'Не наш абонент' },
};
