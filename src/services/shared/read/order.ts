import { type RawBuilder, sql } from 'kysely';
import { refuseInput } from '../errors/refusal.js';
import { decodeCursor } from './cursor.js';
import type { PageArguments } from './page-arguments.js';
import type { OrderDirection, Orders, Readable } from './readable.js';
import type { Table } from './table.js';

/** The order of a list: its columns, then the id, all in one direction. */
export class Order {
  private constructor(
    /** What cursors of this order carry to tell it from others. */
    readonly name: string,
    readonly properties: readonly string[],
    private readonly direction: OrderDirection,
    private readonly table: Table,
  ) {}

  /** @throws Refusal with BAD_USER_INPUT for an order that the readable does not have */
  static of<Entity extends { id: string }>(
    readable: Readable<Entity>,
    table: Table,
    orderBy: PageArguments['orderBy'],
  ): Order {
    const { field, direction } = orderBy ?? readable.defaultOrder;
    const properties = (readable.orders as Orders<Entity>)[field];
    if (!properties) throw refuseInput(['orderBy', 'field'], `There is no order ${field}.`);
    return new Order(`${readable.kind}.${field}.${direction}`, [...properties, 'id'], direction, table);
  }

  /** `order by`, or its reverse for a page that is read from the end. */
  by(backward: boolean): RawBuilder<unknown> {
    const direction = sql.raw((this.direction === 'ASC') === backward ? 'desc' : 'asc');
    return sql.join(this.properties.map((property) => sql`${this.table.column(property)} ${direction}`));
  }

  /** Rows of the page's columns in this order, where the table itself is out of reach. */
  byOutput(alias: string, backward: boolean): RawBuilder<unknown> {
    const direction = sql.raw((this.direction === 'ASC') === backward ? 'desc' : 'asc');
    return sql.join(this.properties.map((property) => sql`${sql.ref(alias)}.${sql.ref(property)} ${direction}`));
  }

  /** Rows behind `after` and before `before`. */
  between(after: string | null | undefined, before: string | null | undefined): RawBuilder<unknown>[] {
    const ascending = this.direction === 'ASC';
    const conditions: RawBuilder<unknown>[] = [];
    if (after) conditions.push(this.#beyond(after, 'after', ascending ? '>' : '<'));
    if (before) conditions.push(this.#beyond(before, 'before', ascending ? '<' : '>'));
    return conditions;
  }

  /** Where a row stands in this order. */
  positionOf(row: Readonly<Record<string, unknown>>): string[] {
    return this.properties.map((property) => String(row[property]));
  }

  #beyond(cursor: string, name: string, comparison: '<' | '>'): RawBuilder<unknown> {
    const position = decodeCursor(cursor, this.name, this.properties.length, name);
    const columns = sql.join(this.properties.map((property) => this.table.column(property)));
    const values = sql.join(position.map((value, i) => sql`${value}::${this.table.type(this.properties[i]!)}`));
    return sql`(${columns}) ${sql.raw(comparison)} (${values})`;
  }
}
