import { type RawBuilder, sql } from 'kysely';
import type { Table } from '../table.js';

/** Where the values of a row stand in a statement. */
export interface Place {
  /** @throws NotPlannable for a property that is no column that may be shown */
  column(property: string): RawBuilder<unknown>;
  /** The type of a property's column in the database. */
  typeName(property: string): string;
  nullable(property: string): boolean;
}

/** An operation, or a part of one, that no statement alone can answer: the resolvers must. */
export class NotPlannable extends Error {}

/** A row of a table under an alias. */
export function rowPlace(table: Table, alias: string): Place {
  const shown = (property: string) => {
    if (!table.shows(property)) throw new NotPlannable(`${property} is no column that is shown`);
    return property;
  };
  return {
    column: (property) => table.column(shown(property), alias),
    typeName: (property) => table.typeName(shown(property)),
    nullable: (property) => table.nullable(shown(property)),
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
  };
}
