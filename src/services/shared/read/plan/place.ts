import { type RawBuilder, sql } from 'kysely';
import type { Table } from '../table.js';

/** Where the values of a row stand in a statement. */
export interface Place {
  /** @throws NotPlannable for a property that is no column that may be shown */
  column(property: string): RawBuilder<unknown>;
  /** The type of a property's column in the database. */
  typeName(property: string): string;
  nullable(property: string): boolean;
  readonly occurrence: Occurrence;
}

/**
 * How often a row may stand in the answer: once; each row once in a list; or as what many rows come to, read again for
 * each of them.
 */
export type Occurrence = 'once' | 'each' | 'shared';

/** How often a row stands in the answer that one row of a place comes to. */
export function occurrenceOfOne(place: Place | null): Occurrence {
  return !place || place.occurrence === 'once' ? 'once' : 'shared';
}

/** How often a row of a list stands in the answer. */
export function occurrenceOfEach(place: Place | null): Occurrence {
  return place?.occurrence === 'shared' ? 'shared' : 'each';
}

/** An operation, or a part of one, that no statement alone can answer: the resolvers must. */
export class NotPlannable extends Error {}

/** A row of a table under an alias. */
export function rowPlace(table: Table, alias: string, occurrence: Occurrence): Place {
  const shown = (property: string) => {
    if (!table.has(property)) throw new Error(`There is no property ${property}.`);
    if (!table.shows(property)) throw new NotPlannable(`${property} is not shown`);
    return property;
  };
  return {
    column: (property) => table.column(shown(property), alias),
    typeName: (property) => table.typeName(shown(property)),
    nullable: (property) => table.nullable(shown(property)),
    occurrence,
  };
}

/** A part of a row, whose properties have names of their own. */
export function partPlace(row: Place, mapping: Readonly<Record<string, string | null>>): Place {
  const mapped = (property: string) => {
    const own = mapping[property];
    if (own === undefined) throw new NotPlannable(`${property} is no part of the row`);
    return own;
  };
  // What the part never has is the key of no parent.
  const ofRow = <Value>(property: string, value: (own: string) => Value, none: Value): Value => {
    const own = mapped(property);
    return own === null ? none : value(own);
  };
  return {
    column: (property) => ofRow(property, row.column, sql`null::bigint`),
    typeName: (property) => ofRow(property, row.typeName, 'bigint'),
    nullable: (property) => ofRow(property, row.nullable, true),
    occurrence: row.occurrence,
  };
}
