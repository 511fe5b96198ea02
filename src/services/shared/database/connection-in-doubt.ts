import { DatabaseError } from 'pg';

const FATAL = new Set(['FATAL', 'PANIC']);

/**
 * Whether a failure leaves open what state its connection is in: PostgreSQL ended it or did not answer in time, or it
 * was not PostgreSQL that failed. Such a connection is closed instead of being used again, which undoes what was begun.
 */
export function isConnectionInDoubt(error: unknown): boolean {
  return !(error instanceof DatabaseError) || FATAL.has(error.severity ?? '');
}
