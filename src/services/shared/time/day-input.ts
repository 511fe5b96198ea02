import { Temporal } from 'temporal-polyfill';
import { refuseInput } from '../errors/refusal.js';
import type { Day } from './calendar.js';

const FORM = /^\d{4}-\d{2}-\d{2}$/;
const FIRST: Day = '1900-01-01';
const LAST: Day = '2199-12-31';

/**
 * Reads a calendar day in an input.
 *
 * @throws Refusal with BAD_USER_INPUT for what is no day of the last, this or the next century
 */
export function readDay(text: unknown, path: readonly string[]): Day {
  if (typeof text === 'string' && FORM.test(text) && text >= FIRST && text <= LAST && isDay(text)) return text;
  throw refuseInput(path, 'must be a day such as 2026-09-01');
}

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}
