import type { LabelsOf } from '../shared/localised-label.js';

/** How an inquiry came to its operator. */
export enum AssignmentWay {
  CHANCE = 'CHANCE',
  STICKY = 'STICKY',
  BY_HAND = 'BY_HAND',
}

export const ASSIGNMENT_WAY_LABELS: LabelsOf<AssignmentWay> = {
  CHANCE: { ru: 'По весам', uk: 'За вагами' },
  STICKY: { ru: 'К прежнему оператору', uk: 'До попереднього оператора' },
  BY_HAND: { ru: 'Вручную', uk: 'Вручну' },
};
