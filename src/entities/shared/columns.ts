import { DecimalType } from '@mikro-orm/core';

/** A `numeric(20,6)` column read and written as a decimal string: money never passes through a float. */
export const MONEY = { type: new DecimalType('string'), precision: 20, scale: 6 } as const;

/** An instant, stored with time zone and compared in UTC. */
export const INSTANT = { type: 'datetime', columnType: 'timestamptz' } as const;

/** An instant that the database fills with the present one. */
export const CREATED = { ...INSTANT, defaultRaw: 'now()' } as const;

/** A key that the database gives out, in ascending order. */
export const IDENTITY = {
  type: 'bigint',
  columnType: 'bigint',
  generated: 'by default as identity',
  autoincrement: true,
} as const;
