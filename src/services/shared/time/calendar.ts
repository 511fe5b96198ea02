import { Temporal } from 'temporal-polyfill';

/** A calendar day, `2026-09-01`. */
export type Day = string;

/** A time of the week as weekly schedules have it: `MON` and `08:30`. */
export interface WeekTime {
  readonly day: 'MON' | 'TUE' | 'WED' | 'THU' | 'FRI' | 'SAT' | 'SUN';
  readonly time: string;
}

const DAYS_OF_WEEK = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
const MINUTE_MS = 60_000;

/** Turns instants into calendar days and back in the organisation's time zone (requirements, "Time"). */
export class Calendar {
  #minute = Number.NaN;
  #weekTime: WeekTime = { day: 'MON', time: '00:00' };

  constructor(readonly timeZone: string) {}

  /** The time of the week that an instant falls on; that of one minute is worked out once. */
  weekTimeOf(instant: Date): WeekTime {
    const minute = Math.floor(instant.getTime() / MINUTE_MS);
    if (minute !== this.#minute) {
      const zoned = this.#zoned(instant);
      this.#weekTime = {
        day: DAYS_OF_WEEK[zoned.dayOfWeek - 1]!,
        time: zoned.toPlainTime().toString({ smallestUnit: 'minute' }),
      };
      this.#minute = minute;
    }
    return this.#weekTime;
  }

  /** The day an instant falls on. */
  dayOf(instant: Date): Day {
    return this.#zoned(instant).toPlainDate().toString();
  }

  /** The first day of the month an instant falls in. */
  monthOf(instant: Date): Day {
    return this.#zoned(instant).toPlainDate().with({ day: 1 }).toString();
  }

  /** The instant at which a day begins. */
  startOf(day: Day): Date {
    return new Date(Temporal.PlainDate.from(day).toZonedDateTime(this.timeZone).epochMilliseconds);
  }

  /**
   * The instant of a local time such as `2026-09-01 00:26:56`; one that the clocks skip is taken as if they had not,
   * one that comes twice is the first of the two, unless the later is asked for.
   *
   * @returns undefined when the text is no local time
   */
  instantOf(local: string, ofTwo: 'earlier' | 'later' = 'earlier'): Date | undefined {
    try {
      const disambiguation = ofTwo === 'later' ? 'later' : 'compatible';
      const plain = Temporal.PlainDateTime.from(local.replace(' ', 'T'));
      const zoned = plain.toZonedDateTime(this.timeZone, { disambiguation });
      return new Date(zoned.epochMilliseconds);
    } catch {
      return undefined;
    }
  }

  #zoned(instant: Date): Temporal.ZonedDateTime {
    return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(this.timeZone);
  }
}

/** The day `count` days after a day. */
export function addDays(day: Day, count: number): Day {
  return Temporal.PlainDate.from(day).add({ days: count }).toString();
}

/** How many days lie from one day to another, both counted. */
export function countDays(from: Day, to: Day): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days + 1;
}
