import { Temporal } from 'temporal-polyfill';
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

/** How far clocks that are right may be apart. */
const SKEW_MS = 60_000;

/**
 * Since when something holds, in an input: never in the future, since nothing is switched on by itself later.
 *
 * An instant that is ahead by no more than clocks are apart counts as now.
 */
export function sinceInput(now: Date) {
  return instantInput(new Date(now.getTime() + SKEW_MS)).transform((instant) => (instant > now ? now : instant));
}

const WRITTEN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/i;

/** An instant in an input that is also written out, in ISO 8601 with its offset. */
export function writtenInstantInput(now?: Date) {
  return z.preprocess((value) => (typeof value === 'string' ? readInstant(value) : value), instantInput(now));
}

function readInstant(text: string): Date | undefined {
  if (!WRITTEN.test(text)) return undefined;
  try {
    return new Date(Temporal.Instant.from(text).epochMilliseconds);
  } catch {
    return undefined;
  }
}
