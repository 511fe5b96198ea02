import type { EntityMetadata, MikroORM } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';

const INSTANT = /^timestamptz/;

/** An entity's table as the ORM's metadata describes it: names and conversions for reading plain rows. */
export interface Table {
  readonly name: RawBuilder<unknown>;
  /** All columns that are not hidden, of table `t`, under the names of their properties. */
  readonly columns: RawBuilder<unknown>;
  /** The properties of these columns. */
  readonly names: readonly string[];
  /** Whether a property is a column. */
  has(property: string): boolean;
  /** Whether a property is a column that may be shown. */
  shows(property: string): boolean;
  /** A property's column, of table `t` unless told. */
  column(property: string, alias?: string): RawBuilder<unknown>;
  /** The type of a property's column in the database, such as `timestamptz`. */
  typeName(property: string): string;
  /** The type of a property's column, to cast a cursor's text to. */
  type(property: string): RawBuilder<unknown>;
  /** Whether a property's column may be null. */
  nullable(property: string): boolean;
  /** Turns what the driver gave into a row, in place. */
  finish(row: Record<string, unknown>): void;
}

/** `2026-09-01 00:26:56.25+00`, as a session in UTC prints it, in ISO 8601; all of its digits are kept. */
function toIso(instant: string): string {
  return `${instant.slice(0, 10)}T${instant.slice(11, -3)}Z`;
}

/** Whether a type of the database is that of instants. */
export function isInstant(type: string): boolean {
  return INSTANT.test(type);
}

/** Turns instants that the driver gave into what rows have, in place. */
export function finishInstants(row: Record<string, unknown>, names: readonly string[]): void {
  for (const name of names) {
    const value = row[name];
    if (value !== null) row[name] = toIso(value as string);
  }
}

function describe(metadata: EntityMetadata): Table {
  const shown = metadata.props.filter((property) => property.fieldNames?.length === 1 && !property.hidden);
  const shownNames = new Set(shown.map(({ name }) => name as string));
  const byName = new Map(metadata.props.map((property) => [property.name as string, property]));
  const instants = shown
    .filter((property) => isInstant(property.columnTypes[0] ?? ''))
    .map((property) => property.name as string);
  const propertyOf = (name: string) => {
    const property = byName.get(name);
    if (!property?.fieldNames?.[0]) throw new Error(`${metadata.className} has no column for ${name}.`);
    return property;
  };
  const column = (name: string, alias = 't') => sql.ref(`${alias}.${propertyOf(name).fieldNames[0]!}`);
  return {
    name: sql.table(metadata.tableName),
    columns: sql.join(shown.map(({ name }) => sql`${column(name as string)} as ${sql.ref(name as string)}`)),
    names: [...shownNames],
    has: (name) => byName.get(name)?.fieldNames?.length === 1,
    shows: (name) => shownNames.has(name),
    column,
    typeName: (name) => propertyOf(name).columnTypes[0]!,
    type: (name) => sql.raw(propertyOf(name).columnTypes[0]!),
    nullable: (name) => Boolean(propertyOf(name).nullable),
    finish: (row) => finishInstants(row, instants),
  };
}

/** The tables of all entities, described once. */
export class Tables {
  readonly #tables = new Map<unknown, Table>();

  constructor(private readonly orm: MikroORM) {}

  of(entity: new () => unknown): Table {
    let table = this.#tables.get(entity);
    if (!table) {
      table = describe(this.orm.getMetadata(entity) as EntityMetadata);
      this.#tables.set(entity, table);
    }
    return table;
  }
}
