import { z } from 'zod';
import type { WeeklySchedule } from '../../entities/identity/operator.entity.js';

/** The days of a schedule, in the order of the week. */
const DAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
const HOURS = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

const hours = z
  .string('must be hours such as 08:00-18:00, or null for a day off')
  .refine((text) => HOURS.test(text), { message: 'must be hours such as 08:00-18:00', abort: true })
  .refine((text) => {
    const [, from = '', until = ''] = HOURS.exec(text) ?? [];
    return from < until;
  }, 'must end after it begins');

const day = hours.nullable().default(null);

/** The hours of a week in an input: `HH:MM-HH:MM`, 24:00 at the end of a day; null, or no word of it, is a day off. */
export const weeklyScheduleInput = z.strictObject(
  { MON: day, TUE: day, WED: day, THU: day, FRI: day, SAT: day, SUN: day },
  `must have hours by ${DAYS.join(', ')}`,
);

/** Whether two schedules say the same. */
export function isSameSchedule(one: WeeklySchedule | null, other: WeeklySchedule | null): boolean {
  if (one === null || other === null) return one === other;
  return DAYS.every((name) => (one[name] ?? null) === (other[name] ?? null));
}
