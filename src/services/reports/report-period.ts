import { refuseInput } from '../shared/errors/refusal.js';
import { addDays, type Calendar, countDays, type Day } from '../shared/time/calendar.js';
import { readDay } from '../shared/time/day-input.js';

/** The most days that a report may have. */
export const LONGEST_REPORT_DAYS = 366;

/** The period of a report, both ends included. */
export interface ReportPeriod {
  readonly from: Day;
  readonly to: Day;
}

/**
 * Reads the period of a report.
 *
 * @throws Refusal with BAD_USER_INPUT on `from` or `to`: for what is no day, an end before the start, more than
 * `LONGEST_REPORT_DAYS`
 */
export function readReportPeriod(input: { readonly from?: unknown; readonly to?: unknown }): ReportPeriod {
  const from = readDay(input.from, ['from']);
  const to = readDay(input.to, ['to']);
  if (to < from) throw refuseInput(['to'], 'must not be before the first day');
  if (countDays(from, to) > LONGEST_REPORT_DAYS) {
    throw refuseInput(['to'], `must be at most ${LONGEST_REPORT_DAYS} days from the first, both counted`);
  }
  return { from, to };
}

/** When a period begins, and when it has ended: that instant itself is no part of it. */
export function instantsOf({ from, to }: ReportPeriod, calendar: Calendar): { starts: string; ends: string } {
  return { starts: calendar.startOf(from).toISOString(), ends: calendar.startOf(addDays(to, 1)).toISOString() };
}
