import type { FilterValue } from '../questions/operation.ts';

const DAY_MS = 86_400_000;
/** Midnight in Moscow, where no clock is ever changed. */
const FIRST = Date.parse('2026-09-01T00:00:00+03:00');
const COUNT = 60;

/** The days on which there are calls. */
export function days(): number[] {
  return Array.from({ length: COUNT }, (_, n) => n);
}

const startOf = (day: number) => new Date(FIRST + day * DAY_MS).toISOString();

/** The filter of a day, which PostGraphile is given as the instants between which it lies. */
export function dayFilter(day: number): FilterValue {
  // The calendar's day of an instant in the middle of it is the same in UTC.
  const date = new Date(FIRST + (day + 0.5) * DAY_MS).toISOString().slice(0, 10);
  return { product: [date, date], peer: [startOf(day), startOf(day + 1)] };
}

/** The filter of a period from the start of a day on. */
export function periodFilter(day: number, length: number): FilterValue {
  const bounds = [startOf(day), startOf(day + length)];
  return { product: bounds, peer: bounds };
}
