import type { Calendar } from '../time/calendar.js';

/** What the organisation chose that use cases need. */
export interface Settings {
  /** In its time zone. */
  readonly calendar: Calendar;
  /** ISO 4217. */
  readonly currency: string;
}
