import { z } from 'zod';

const EARLIEST = new Date('2000-01-01T00:00:00Z');
const LATEST = new Date('2200-01-01T00:00:00Z');

/**
 * An instant in an input.
 *
 * @param now the latest that it may be, for what has already happened
 */
export function instantInput(now?: Date) {
  return z
    .date('must be an instant such as 2026-09-01T00:00:00Z')
    .refine((instant) => instant >= EARLIEST && instant < LATEST, 'must be an instant of this century or the next')
    .refine((instant) => !now || instant <= now, 'must not be in the future');
}
