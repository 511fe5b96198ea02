import { type RawBuilder, sql } from 'kysely';
import type { Order } from './order.js';
import type { PageSize } from './page-arguments.js';
import type { Table } from './table.js';
import {
  AnyOf,
  allHold,
  type Condition,
  conditionsOf,
  disjoint,
  expressionOf,
  oneHolds,
  type Visibility,
} from './visibility.js';

/** Which rows of a table, in which order. */
export interface RowsWanted {
  readonly table: Table;
  /** That a row of table `t` refers to the parent, in each of the ways that it may; none for a list of its own. */
  readonly parents: readonly RawBuilder<unknown>[];
  readonly visibility: Exclude<Visibility, 'none'>;
  readonly conditions: readonly Condition[];
  readonly order: Order;
  readonly size: PageSize;
  /** How many rows to read. */
  readonly limit: number;
}

/**
 * A statement that reads the rows of a page in order, with all columns of their table.
 *
 * Where one of several conditions must hold (several ways to refer to a parent, several columns that a filter looks in,
 * several reasons to see a row), each has a branch of its own, so that each reads the first rows of an index, and the
 * branches are merged.
 */
export function orderedRows(wanted: RowsWanted): RawBuilder<unknown> {
  const { table, order, size } = wanted;
  const { branches, rest } = branchesOf(wanted);
  const limit = sql.lit(wanted.limit);
  const by = order.by(size.backward);
  const rows = (conditions: readonly RawBuilder<unknown>[]) => sql`select t.* from ${table.name} t
    where ${allHold(conditions)} order by ${by} limit ${limit}`;
  if (branches.length < 2) return rows([...branches, ...rest]);
  const union = sql.join(
    disjoint(branches).map((branch) => sql`(${rows([branch, ...rest])})`),
    sql` union all `,
  );
  return sql`select t.* from (${union}) t order by ${by} limit ${limit}`;
}

/** That a row of table `t` belongs to a list, whichever page it stands on. */
export function belongs({
  parents,
  visibility,
  conditions,
}: Pick<RowsWanted, 'parents' | 'visibility' | 'conditions'>): RawBuilder<unknown> {
  const ofParent = parents.length === 0 ? [] : [oneHolds(parents)];
  return allHold([...ofParent, ...conditionsOf(visibility), ...conditions.map(expressionOf)]);
}

/** What a page is gathered by: the ways to its parent, else the columns of a filter, else the reasons to see a row. */
function branchesOf({ parents, visibility, conditions }: RowsWanted) {
  const scope: Condition[] = visibility === 'all' ? [] : [visibility];
  const all = [...conditions, ...scope];
  const chosen = parents.length === 0 ? all.find((one) => one instanceof AnyOf) : undefined;
  const branches = chosen ? chosen.conditions : parents;
  return { branches, rest: all.filter((one) => one !== chosen).map(expressionOf) };
}
