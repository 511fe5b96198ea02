/** What an account of the ledger stands for. */
export enum AccountKind {
  /** A contract's balance. */
  CONTRACT = 'CONTRACT',
  /** Money in the till. */
  CASH = 'CASH',
  /** What calls earned. */
  CALL_REVENUE = 'CALL_REVENUE',
}
