import type { LabelsOf } from '../shared/localised-label.js';

/** Why money moved. */
export enum LedgerEntryKind {
  PAYMENT = 'PAYMENT',
  CALL_CHARGE = 'CALL_CHARGE',
}

export const LEDGER_ENTRY_KIND_LABELS: LabelsOf<LedgerEntryKind> = {
  PAYMENT: { ru: 'Платёж', uk: 'Платіж' },
  CALL_CHARGE: { ru: 'Списание за звонок', uk: 'Списання за дзвінок' },
};
