/** Why money moved. */
export enum LedgerEntryKind {
  PAYMENT = 'PAYMENT',
  CALL_CHARGE = 'CALL_CHARGE',
}
