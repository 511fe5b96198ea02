import { type RawBuilder, sql } from 'kysely';
import type { Table } from './table.js';

/** What is worked out of all rows that refer to a parent; whoever sees the parent sees it. */
export interface Totals<Entity = unknown> {
  /** Tells these from others. */
  readonly name: string;
  readonly entity: new () => Entity;
  /** The property by which its rows refer to the parent. */
  readonly parent: keyof Entity & string;
  /** Which of these rows count: a condition on table `t`. */
  readonly where: RawBuilder<unknown>;
  /** By its name in the graph: an aggregate over the rows of table `t`, and its type in the database. */
  readonly values: Readonly<Record<string, { readonly value: RawBuilder<unknown>; readonly type: string }>>;
}

/** A statement of one row with the totals of a parent, under their names. */
export function totalsRow<Entity>(
  { parent, where, values }: Totals<Entity>,
  table: Table,
  key: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const columns = Object.entries(values).map(
    ([name, { value, type }]) => sql`${value}::${sql.raw(type)} as ${sql.ref(name)}`,
  );
  return sql`select ${sql.join(columns)} from ${table.name} t where ${table.column(parent)} = ${key} and ${where}`;
}
