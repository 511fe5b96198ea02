import { sql } from 'kysely';
import type { ReadScope } from '../shared/database/parameter.js';
import { filter, instantFilter } from '../shared/read/filter.js';
import { addDays, type Day } from '../shared/time/calendar.js';
import { readDay } from '../shared/time/day-input.js';

const startOf = (day: Day, { calendar }: ReadScope) => calendar.startOf(day).toISOString();

/** When a call began: by instants, or by calendar days of the organisation's time zone, both included. */
export const STARTED_FILTERS = {
  startedFrom: instantFilter((from) => sql`t.started_at >= ${from}::timestamptz`),
  startedBefore: instantFilter((before) => sql`t.started_at < ${before}::timestamptz`),
  fromDay: filter(
    (from) => sql`t.started_at >= ${from}::timestamptz`,
    (day: string, scope, path) => startOf(readDay(day, path), scope),
  ),
  toDay: filter(
    (before) => sql`t.started_at < ${before}::timestamptz`,
    (day: string, scope, path) => startOf(addDays(readDay(day, path), 1), scope),
  ),
} as const;
