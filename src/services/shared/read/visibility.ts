import { type RawBuilder, sql } from 'kysely';
import type { Rights } from '../access/rights.js';

/** Rows that one of several conditions on table `t` holds for; a page of them is gathered from an index for each. */
export class AnyOf {
  constructor(readonly conditions: readonly RawBuilder<unknown>[]) {}
}

/** What rows of table `t` must fulfil. */
export type Condition = RawBuilder<unknown> | AnyOf;

/** Which rows somebody sees: all, none, or those of table `t` that a condition, or one of several, holds for. */
export type Visibility = 'all' | 'none' | Condition;

/** Which rows whoever has certain rights sees; who they are stands in the conditions as `OWN`. */
export type RowScope = (rights: Rights) => Visibility;

/** Rows that one of the conditions holds for. */
export function anyOf(...conditions: RawBuilder<unknown>[]): AnyOf {
  return new AnyOf(conditions);
}

const conjunction = sql` and `;
const disjunction = sql` or `;

/** That all conditions hold; true when there is none. */
export function allHold(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`true` : sql.join(conditions, conjunction);
}

/** That one of the conditions holds. */
export function oneHolds(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql`(${sql.join(conditions, disjunction)})`;
}

/** A condition as one expression. */
export function expressionOf(condition: Condition): RawBuilder<unknown> {
  return condition instanceof AnyOf ? oneHolds(condition.conditions) : condition;
}

/** A visibility as conditions that must all hold; none of them for all rows. */
export function conditionsOf(visibility: Visibility): RawBuilder<unknown>[] {
  if (visibility === 'all') return [];
  if (visibility === 'none') return [sql`false`];
  return [expressionOf(visibility)];
}

/** Conditions so that every row that one of several holds for fulfils exactly one. */
export function disjoint(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown>[] {
  return conditions.map((one, i) =>
    allHold([one, ...conditions.slice(0, i).map((earlier) => sql`(${earlier}) is not true`)]),
  );
}
