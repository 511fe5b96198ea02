import { type RawBuilder, sql } from 'kysely';
import type { Order } from './order.js';
import type { PageSize } from './page-arguments.js';
import type { Table } from './table.js';
import { AnyOf, allHold, conditionsOf, disjoint, type Visibility } from './visibility.js';

/** Which rows of a table, in which order. */
export interface RowsWanted {
  readonly table: Table;
  /** That a row of table `t` refers to the parent, in each of the ways that it may; none for a list of its own. */
  readonly parents: readonly RawBuilder<unknown>[];
  readonly visibility: Exclude<Visibility, 'none'>;
  readonly conditions: readonly RawBuilder<unknown>[];
  readonly order: Order;
  readonly size: PageSize;
  /** How many rows to read. */
  readonly limit: number;
}

/**
 * A statement that reads the rows of a page in order, with all columns of their table.
 *
 * Where one of several conditions must hold (several ways to refer to a parent, or several reasons to see a row), each
 * has a branch of its own, so that each reads the first rows of an index, and the branches are merged.
 */
export function orderedRows(wanted: RowsWanted): RawBuilder<unknown> {
  const { table, parents, visibility, conditions, order, size } = wanted;
  const { branches, rest } = branchesOf(parents, visibility);
  const limit = sql.lit(wanted.limit);
  const by = order.by(size.backward);
  const rows = (branch: readonly RawBuilder<unknown>[]) => sql`select t.* from ${table.name} t
    where ${allHold([...branch, ...rest, ...conditions])} order by ${by} limit ${limit}`;
  if (branches.length < 2) return rows(branches);
  const union = sql.join(
    disjoint(branches).map((branch) => sql`(${rows([branch])})`),
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
  const ofParent = parents.length === 0 ? [] : conditionsOf(new AnyOf(parents));
  return allHold([...ofParent, ...conditionsOf(visibility), ...conditions]);
}

function branchesOf(parents: readonly RawBuilder<unknown>[], visibility: Visibility) {
  if (parents.length === 0 && visibility instanceof AnyOf) return { branches: visibility.conditions, rest: [] };
  return { branches: parents, rest: conditionsOf(visibility) };
}
