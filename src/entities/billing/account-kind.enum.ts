import type { LabelsOf } from '../shared/localised-label.js';

/** What an account of the ledger stands for. */
export enum AccountKind {
  /** A contract's balance. */
  CONTRACT = 'CONTRACT',
  /** Money in the till. */
  CASH = 'CASH',
  /** What calls earned. */
  CALL_REVENUE = 'CALL_REVENUE',
}

export const ACCOUNT_KIND_LABELS: LabelsOf<AccountKind> = {
  CONTRACT: { ru: 'Лицевой счёт', uk: 'Особовий рахунок' },
  CASH: { ru: 'Касса', uk: 'Каса' },
  CALL_REVENUE: { ru: 'Выручка за звонки', uk: 'Виручка за дзвінки' },
};
