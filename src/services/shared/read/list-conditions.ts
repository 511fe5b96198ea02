import { type RawBuilder, sql } from 'kysely';
import type { Rights } from '../access/rights.js';
import { Order, type PageEnd } from './order.js';
import { type PageArguments, type PageSize, pageSizeOf } from './page-arguments.js';
import type { Filters, Readable } from './readable.js';
import type { Table } from './table.js';
import type { Condition } from './visibility.js';

/** What stands in a statement for what a client gave: the value itself, or a parameter. */
export interface GivenValues {
  filter(name: string): RawBuilder<unknown>;
  /** The position in a cursor, a value for each property of the order. */
  position(end: PageEnd, order: Order): readonly RawBuilder<unknown>[];
}

/** What a list's arguments come to. */
export interface ListConditions {
  readonly order: Order;
  readonly size: PageSize;
  /** On all of the list. */
  readonly list: readonly Condition[];
  /** On this page of it: the list's, and those of the cursors. */
  readonly page: readonly Condition[];
}

const ENDS: readonly PageEnd[] = ['after', 'before'];

/**
 * Reads a list's arguments.
 *
 * @throws Refusal with BAD_USER_INPUT for a page size or an order that is none
 */
export function listConditions<Entity extends { id: string }>(
  readable: Readable<Entity>,
  table: Table,
  rights: Rights,
  args: PageArguments,
  values: GivenValues,
): ListConditions {
  const order = Order.of(readable, table, args.orderBy);
  const list = filterConditions(readable, rights, args.filter, values);
  const ends = ENDS.flatMap((end) => (args[end] ? [order.beyond(end, values.position(end, order))] : []));
  return { order, size: pageSizeOf(args), list, page: [...list, ...ends] };
}

function filterConditions<Entity extends { id: string }>(
  { filters, hideable, listed }: Readable<Entity>,
  rights: Rights,
  filter: PageArguments['filter'],
  values: GivenValues,
): Condition[] {
  const names = Object.entries(filter ?? {}).flatMap(([name, value]) => (value == null ? [] : [name]));
  const conditions = names.map((name) => (filters as Filters)[name]!.where(values.filter(name), rights));
  if (hideable && names.some((name) => hideable.names.includes(name))) conditions.push(hideable.whole(rights));
  const start = listed?.(rights);
  return start ? [...conditions, start] : conditions;
}

/** That a row of table `t` refers to a parent, in each of the ways that it may. */
export function refersTo(
  table: Table,
  properties: readonly string[],
  parent: RawBuilder<unknown>,
): RawBuilder<unknown>[] {
  return properties.map((property) => sql`${table.column(property)} = ${parent}`);
}
