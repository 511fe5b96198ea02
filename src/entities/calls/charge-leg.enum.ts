import type { LabelsOf } from '../shared/localised-label.js';

/** Which leg of a call a charge is for (requirements, part 6). */
export enum ChargeLeg {
  /** From the caller to the number called, paid by the caller. */
  CALLER = 'CALLER',
  /** From a customer who redirected the call onward, paid by that customer. */
  ONWARD = 'ONWARD',
}

export const CHARGE_LEG_LABELS: LabelsOf<ChargeLeg> = {
  CALLER: { ru: 'До вызываемого', uk: 'До викликаного' },
  ONWARD: { ru: 'Переадресация', uk: 'Переадресація' },
};
