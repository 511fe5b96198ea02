import type { RawBuilder } from 'kysely';
import type { Rights } from '../access/rights.js';
import type { Filter } from './filter.js';
import type { RowScope } from './visibility.js';

/** The fields that a list can be filtered by. */
// biome-ignore lint/suspicious/noExplicitAny: a filter takes whatever its field holds; `FilterOf` gives it back typed
export type Filters = Readonly<Record<string, Filter<any>>>;

/** Properties that a list may be ordered by before its id, by the name of the order; none may be null. */
export type Orders<Entity> = Readonly<Record<string, readonly (keyof Entity & string)[]>>;

/** Filters that ask for what can be hidden of a row: they find only rows that are shown whole. */
export interface HideableFilters {
  readonly names: readonly string[];
  /** The rows of table `t` that are shown whole. */
  readonly whole: (rights: Rights) => RawBuilder<unknown>;
}

/** How an entity is read: who sees which rows, and what a list of it can be filtered and ordered by. */
export interface Readable<
  Entity extends { id: string },
  F extends Filters = Filters,
  Order extends Orders<Entity> = Orders<Entity>,
> {
  /** Its kind in the graph, and in its global ids. */
  readonly kind: string;
  readonly entity: new () => Entity;
  readonly visible: RowScope;
  /**
   * What holds for all rows that somebody sees, for lists to start from where the condition of `visible` would be tried on
   * every row; undefined for nothing.
   */
  readonly listed?: (rights: Rights) => RawBuilder<unknown> | undefined;
  readonly filters: F;
  readonly hideable?: HideableFilters;
  readonly orders: Order;
  readonly defaultOrder: { readonly field: string; readonly direction: OrderDirection };
}

export type OrderDirection = 'ASC' | 'DESC';

/** The values of a readable's filter. */
export type FilterOf<R> =
  R extends Readable<infer _Entity, infer F, infer _Order>
    ? { readonly [Name in keyof F]?: (F[Name] extends Filter<infer Given> ? Given : never) | null | undefined }
    : never;

/** The names of a readable's orders. */
export type OrderFieldOf<R> =
  R extends Readable<infer _Entity, infer _Filters, infer Order> ? keyof Order & string : never;

/** Declares how an entity is read; the types of its filters and orders follow from it. */
export function readable<Entity extends { id: string }, const F extends Filters, const Order extends Orders<Entity>>(
  declaration: Readable<Entity, F, Order> & { readonly defaultOrder: { readonly field: keyof Order & string } },
): Readable<Entity, F, Order> {
  return declaration;
}
