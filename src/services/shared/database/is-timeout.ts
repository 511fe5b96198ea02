/** SQLSTATE of a statement that ran for longer than it may. */
const QUERY_CANCELED = '57014';

/** Whether a statement was ended for the time that it took: to try it in another way would take as long. */
export function isTimeout(error: unknown): boolean {
  return (error as { code?: string } | null)?.code === QUERY_CANCELED;
}
