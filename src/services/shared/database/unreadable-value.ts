/** The class of SQLSTATE of values that PostgreSQL cannot read: a forged cursor, a null character in a filter. */
const DATA_EXCEPTION = '22';

/** Whether a statement failed for a value that came in an argument. */
export function isUnreadableValue(error: unknown): boolean {
  return (error as { code?: string } | null)?.code?.startsWith(DATA_EXCEPTION) ?? false;
}
