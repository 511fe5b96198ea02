import { type RawBuilder, sql } from 'kysely';
import { concat, type Json, json } from './json.js';
import { NotPlannable, type Place } from './place.js';

/** How a scalar or an enum of the graph is written in JSON. */
export interface Leaf {
  readonly form: 'text' | 'word' | 'number' | 'boolean' | 'instant' | 'day' | 'other';
  /** As the graph itself writes it. */
  readonly serialize: (value: unknown) => unknown;
}

const TYPES: Readonly<Record<Exclude<Leaf['form'], 'other'>, RegExp>> = {
  text: /^(text|varchar|character)/,
  word: /^(text|varchar|character|numeric|bigint|uuid)/,
  number: /^(integer|int|smallint|bigint)/,
  boolean: /^bool/,
  instant: /^timestamptz/,
  day: /^date/,
};

/** Text in quotes that holds nothing to escape. */
export function quoted(text: RawBuilder<unknown>): RawBuilder<unknown> {
  return concat(['"', text, '"']);
}

const WRITTEN: Readonly<Record<Exclude<Leaf['form'], 'other'>, (column: RawBuilder<unknown>) => RawBuilder<unknown>>> =
  {
    text: (column) => sql`to_json(${column})::text`,
    word: (column) => quoted(sql`${column}::text`),
    number: (column) => sql`${column}::text`,
    boolean: (column) => sql`${column}::text`,
    // Milliseconds, as JavaScript's instants have them.
    instant: (column) => quoted(sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`),
    day: (column) => quoted(sql`${column}::text`),
  };

/**
 * A property of a row as a scalar or an enum of the graph.
 *
 * @throws NotPlannable where the database does not write it as the graph would
 */
export function leafOf(place: Place, property: string, leaf: Leaf): Json {
  const type = place.typeName(property);
  if (leaf.form === 'other' || !TYPES[leaf.form].test(type)) {
    throw new NotPlannable(`${property} is ${type}, shown as ${leaf.form}`);
  }
  const text = WRITTEN[leaf.form](place.column(property));
  return json(place.nullable(property) ? sql`coalesce(${text}, 'null')` : text);
}

/** A property of a row as the read engine's rows have it, for what is calculated from it. */
export function cellOf(place: Place, property: string): RawBuilder<unknown> {
  const column = place.column(property);
  const type = place.typeName(property);
  if (TYPES.instant.test(type)) return orNull(quoted(instantText(column)));
  if (/^(bigint|numeric)/.test(type)) return orNull(quoted(sql`${column}::text`));
  return orNull(sql`to_json(${column})::text`);
}

/** An instant with all of its digits, as the read engine's rows have it. */
export function instantText(column: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(left(replace(${column}::text, ' ', 'T'), -3) || 'Z')`;
}

const orNull = (text: RawBuilder<unknown>) => sql`coalesce(${text}, 'null')`;
