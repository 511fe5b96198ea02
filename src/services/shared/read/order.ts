import { type RawBuilder, sql } from 'kysely';
import { refuseInput } from '../errors/refusal.js';
import { decodeCursor, type Position } from './cursor.js';
import type { PageArguments } from './page-arguments.js';
import type { OrderDirection, Orders, Readable } from './readable.js';
import type { Table } from './table.js';

/** The end of a page that a cursor stands at. */
export type PageEnd = 'after' | 'before';

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

  /** `order by` over table `t`, or its reverse for a page that is read from the end. */
  by(backward: boolean): RawBuilder<unknown> {
    const direction = sql.raw((this.direction === 'ASC') === backward ? 'desc' : 'asc');
    return sql.join(this.properties.map((property) => sql`${this.table.column(property)} ${direction}`));
  }

  /** That a row of table `t` stands behind, or before, a position. */
  beyond(end: PageEnd, position: readonly unknown[]): RawBuilder<unknown> {
    const comparison = sql.raw((this.direction === 'ASC') === (end === 'after') ? '>' : '<');
    const columns = sql.join(this.properties.map((property) => this.table.column(property)));
    const values = sql.join(position.map((value, i) => sql`${value}::${this.table.type(this.properties[i]!)}`));
    return sql`(${columns}) ${comparison} (${values})`;
  }

  /**
   * The position in a cursor.
   *
   * @throws Refusal with BAD_USER_INPUT for a text that is no cursor, or one of another order
   */
  decode(cursor: string, end: PageEnd): Position {
    return decodeCursor(cursor, this.name, this.properties.length, end);
  }

  /** Where a row stands in this order. */
  positionOf(row: Readonly<Record<string, unknown>>): string[] {
    return this.properties.map((property) => String(row[property]));
  }
}
