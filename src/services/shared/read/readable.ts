import type { RawBuilder } from 'kysely';
import type { Actor } from '../access/actor.js';

/** Which rows an actor sees: all, none, or those of table `t` that a condition holds for. */
export type Visibility = 'all' | 'none' | RawBuilder<unknown>;

/** What a filter's field adds to a statement over table `t`. */
// biome-ignore lint/suspicious/noExplicitAny: a filter takes whatever its field holds; `FilterOf` gives it back typed
export type FilterConditions = Readonly<Record<string, (value: any) => RawBuilder<unknown>>>;

/** Properties that a list may be ordered by, by the name of the order; none may be null. */
export type Orders<Entity> = Readonly<Record<string, readonly (keyof Entity & string)[]>>;

/** How an entity is read: who sees which rows, and what a list of it can be filtered and ordered by. */
export interface Readable<
  Entity extends { id: string },
  Filters extends FilterConditions = FilterConditions,
  Order extends Orders<Entity> = Orders<Entity>,
> {
  /** Its kind in the graph, and in its global ids. */
  readonly kind: string;
  readonly entity: new () => Entity;
  readonly visible: (actor: Actor) => Visibility;
  readonly filters: Filters;
  readonly orders: Order;
  readonly defaultOrder: { readonly field: string; readonly direction: OrderDirection };
}

export type OrderDirection = 'ASC' | 'DESC';

/** The values of a readable's filter. */
export type FilterOf<R> =
  R extends Readable<infer _Entity, infer Filters, infer _Order>
    ? { readonly [Name in keyof Filters]?: Parameters<Filters[Name]>[0] | null | undefined }
    : never;

/** The names of a readable's orders. */
export type OrderFieldOf<R> =
  R extends Readable<infer _Entity, infer _Filters, infer Order> ? keyof Order & string : never;

/** Declares how an entity is read; the types of its filters and orders follow from it. */
export function readable<
  Entity extends { id: string },
  const Filters extends FilterConditions,
  const Order extends Orders<Entity>,
>(declaration: Readable<Entity, Filters, Order>): Readable<Entity, Filters, Order> {
  return declaration;
}
