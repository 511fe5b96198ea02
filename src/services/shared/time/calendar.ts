import { Temporal } from 'temporal-polyfill';

/** A calendar day, `2026-09-01`. */
export type Day = string;

/** Turns instants into calendar days and back in the organisation's time zone (requirements, "Time"). */
export class Calendar {
  constructor(readonly timeZone: string) {}

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
