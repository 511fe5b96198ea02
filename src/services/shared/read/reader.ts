import DataLoader from 'dataloader';
import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../access/actor.js';
import { type Rights, rightsOf } from '../access/rights.js';
import type { ReadScope } from '../database/parameter.js';
import type { SqlExecutor } from '../database/sql-executor.js';
import { isUnreadableValue } from '../database/unreadable-value.js';
import { refuseInput } from '../errors/refusal.js';
import { listConditions, refersTo } from './list-conditions.js';
import type { Order } from './order.js';
import { belongs, orderedRows, type RowsWanted } from './ordered-rows.js';
import { Page } from './page.js';
import type { PageArguments, PageSize } from './page-arguments.js';
import type { Readable } from './readable.js';
import type { Row } from './row.js';
import { finishInstants, isInstant, type Table, type Tables } from './table.js';
import { type Totals, totalsRow } from './totals.js';
import { allHold, type Condition, conditionsOf, type Visibility } from './visibility.js';

type Plain = Record<string, unknown>;
type Wanted = Omit<RowsWanted, 'parents'>;
/** What reading single rows needs to know of how an entity is read. */
type Seen<Entity extends { id: string }> = Pick<Readable<Entity>, 'kind' | 'entity' | 'visible'>;

/** Works something out for several keys; its statements may name who asks (`OWN`) and the instant (`NOW`). */
export type WorkOut<Result> = (keys: readonly string[], db: SqlExecutor) => Promise<ReadonlyMap<string, Result>>;

/**
 * The read engine: every list and relation of the graph is read through it, as one actor sees it.
 *
 * One statement per field and level, whatever the number of parents; the actor's row scope stands in each. A reader
 * belongs to one operation: it remembers what it read by id until `forget`.
 */
export class Reader {
  readonly #rights: Rights;
  #loaders = new Map<string, DataLoader<string, unknown>>();

  constructor(
    private readonly db: SqlExecutor,
    private readonly tables: Tables,
    readonly scope: ReadScope,
  ) {
    this.#rights = rightsOf(scope.actor);
  }

  get actor(): Actor {
    return this.scope.actor;
  }

  /** Forgets what was read, after a write. */
  forget(): void {
    this.#loaders = new Map();
  }

  /** The row with a key, or null when there is none that the actor sees. */
  async byId<Entity extends { id: string }>(
    readable: Readable<Entity>,
    id: string | null | undefined,
  ): Promise<Row<Entity> | null> {
    return id == null ? null : this.byUnique(readable, 'id', id);
  }

  /**
   * The one row whose property has a value, or null.
   *
   * @param condition what must hold beside, where the property alone is not unique: a condition on table `t`
   * @param name tells this condition from others on the same property
   */
  async byUnique<Entity extends { id: string }>(
    readable: Readable<Entity>,
    property: keyof Entity & string,
    value: string,
    condition?: RawBuilder<unknown>,
    name = '',
  ): Promise<Row<Entity> | null> {
    return (await this.#oneLoader(readable, property, condition, name).load(value)) as Row<Entity> | null;
  }

  /**
   * The same as `byId`, with rows that it refers to, by one statement: they need not be read again.
   *
   * @param parents how those are read, by the properties that refer to them
   */
  async byIdWith<Entity extends { id: string }>(
    readable: Readable<Entity>,
    id: string,
    parents: Readonly<Partial<Record<keyof Entity & string, Seen<{ id: string }>>>>,
  ): Promise<Row<Entity> | null> {
    const table = this.tables.of(readable.entity);
    const joined = Object.entries(parents).flatMap(([property, parent]) => {
      const one = parent as Seen<{ id: string }>;
      const visibility = one.visible(this.#rights);
      return visibility === 'none' ? [] : [{ property, one, visibility, table: this.tables.of(one.entity) }];
    });
    const columns = joined.flatMap(({ property, table: { names } }) =>
      names.map((name) => sql`${sql.ref(`${property}_.${name}`)} as ${sql.id(`${property}.${name}`)}`),
    );
    const joins = joined.map(
      ({ property, visibility, table: of }) => sql`
        left join lateral (select ${of.columns} from ${of.name} t
          where t.id = m.${sql.ref(property)} and ${allHold(conditionsOf(visibility))}) ${sql.ref(`${property}_`)} on true`,
    );
    const [row] = await this.#select(
      readable,
      table,
      (visible) => sql<Plain>`
        select ${sql.join([sql`m.*`, ...columns])} from (
          select ${table.columns} from ${table.name} t where t.id = ${id} and ${allHold(conditionsOf(visible))}) m
        ${sql.join(joins, sql` `)}`,
    );
    if (!row) return null;
    for (const { property, one, table: of } of joined) this.#keep(row, property, one, of);
    return row as Row<Entity>;
  }

  /** Takes what was read of a row that another refers to out of that one, and remembers it. */
  #keep(row: Plain, property: string, readable: Seen<{ id: string }>, table: Table): void {
    const parent: Plain = {};
    for (const name of table.names) {
      parent[name] = row[`${property}.${name}`];
      delete row[`${property}.${name}`];
    }
    const key = row[property];
    if (typeof key !== 'string') return;
    const isThere = parent.id !== null;
    if (isThere) table.finish(parent);
    this.#oneLoader(readable, 'id').prime(key, isThere ? parent : null);
  }

  #oneLoader<Entity extends { id: string }>(
    readable: Seen<Entity>,
    property: keyof Entity & string,
    condition?: RawBuilder<unknown>,
    name = '',
  ): DataLoader<string, unknown> {
    return this.#loader(`${readable.kind}.${property}.one.${name}`, async (values) => {
      const table = this.tables.of(readable.entity);
      const rows = await this.#select(
        readable,
        table,
        (visible) => sql<Plain>`
          select ${table.columns} from ${table.name} t
          where ${table.column(property)} = any(${[...values]}::${table.type(property)}[])
          and ${allHold([...conditionsOf(visible), ...(condition ? [condition] : [])])}`,
      );
      const found = new Map(rows.map((row) => [String(row[property]), row]));
      return values.map((one) => found.get(one) ?? null);
    });
  }

  /**
   * One page of all rows that the actor sees.
   *
   * @param narrowed conditions on table `t` that must hold beside
   * @throws Refusal with BAD_USER_INPUT for a page size, a cursor or an order that is none
   */
  async page<Entity extends { id: string }>(
    readable: Readable<Entity>,
    args: PageArguments,
    narrowed: RawBuilder<unknown>[] = [],
  ): Promise<Page<Row<Entity>>> {
    const { table, size, order, list, page } = this.#list(readable, args);
    const rows = await this.#select(readable, table, (visibility) => {
      const conditions = [...narrowed, ...page];
      const wanted = { table, parents: [], visibility, conditions, order, size, limit: size.limit + 1 };
      return sql<Plain>`select ${table.columns} from (${orderedRows(wanted)}) t order by ${order.by(size.backward)}`;
    });
    return this.#toPage<Entity>(rows, size, order, args, async () => {
      const visibility = readable.visible(this.#rights);
      if (visibility === 'none') return 0;
      const [total] = await this.#rows<{ count: string }>(sql`
        select count(*) from ${table.name} t where ${belongs({ parents: [], visibility, conditions: [...narrowed, ...list] })}`);
      return Number(total!.count);
    });
  }

  /**
   * One page per parent of the rows that refer to it, through any of the properties named.
   *
   * @param condition what must hold beside, with a name that tells it from others on the same properties
   * @throws Refusal with BAD_USER_INPUT for a page size, a cursor or an order that is none
   */
  async pageOf<Entity extends { id: string }>(
    readable: Readable<Entity>,
    parents: readonly (keyof Entity & string)[],
    parent: string,
    args: PageArguments,
    condition?: { readonly name: string; readonly where: RawBuilder<unknown> },
  ): Promise<Page<Row<Entity>>> {
    const { table, size, order, list, page } = this.#list(readable, args);
    const field = `${readable.kind}.${parents.join('|')}.${condition?.name ?? ''}.${JSON.stringify(args)}`;
    const beside = condition ? [condition.where] : [];
    const wanted = { table, conditions: [...beside, ...page], order, size, limit: size.limit + 1 };
    const loader = this.#loader(field, (keys) => this.#pagesOf(readable, parents, keys, wanted));
    const rows = (await loader.load(parent)) as Plain[];
    const counts = this.#loader(`${field}.count`, (keys) =>
      this.#countsOf(readable, parents, keys, table, [...beside, ...list]),
    );
    return this.#toPage<Entity>(rows, size, order, args, () => counts.load(parent) as Promise<number>);
  }

  /** What is worked out of all rows that refer to a parent. */
  totalsOf<Entity>(totals: Totals<Entity>, parent: string): Promise<unknown> {
    return this.#loader(`${totals.name}.totals`, async (keys) => {
      const row = totalsRow(totals, this.tables.of(totals.entity), sql`p.key`);
      const rows = await this.#rows<Plain>(sql`
        select p.key as "parentKey", s.* from unnest(${[...keys]}::bigint[]) p(key) cross join lateral (${row}) s`);
      const instants = Object.keys(totals.values).filter((name) => isInstant(totals.values[name]!.type));
      for (const found of rows) finishInstants(found, instants);
      const byParent = new Map(rows.map((found) => [found.parentKey, found]));
      return keys.map((key) => byParent.get(key)!);
    }).load(parent);
  }

  /**
   * What is worked out for a key by statements of one's own: for all keys of a level at once.
   *
   * @param name tells what is worked out, with all that it depends on beside the key
   * @returns undefined where nothing was worked out for the key
   */
  async worked<Result>(name: string, key: string, work: WorkOut<Result>): Promise<Result | undefined> {
    const loader = this.#loader(`${name}.worked`, async (keys) => {
      const results = await work(keys, { rows: (statement) => this.#rows(statement) });
      return keys.map((one) => results.get(one));
    });
    return (await loader.load(key)) as Result | undefined;
  }

  #list<Entity extends { id: string }>(readable: Readable<Entity>, args: PageArguments) {
    const table = this.tables.of(readable.entity);
    const given = (args.filter ?? {}) as Plain;
    const conditions = listConditions(readable, table, this.#rights, args, {
      filter: (name) => sql`${readable.filters[name]!.value(given[name], this.scope, ['filter', name])}`,
      position: (end, order) => order.decode(args[end]!, end).map((value) => sql`${value}`),
    });
    return { table, ...conditions };
  }

  async #pagesOf<Entity extends { id: string }>(
    readable: Readable<Entity>,
    parents: readonly string[],
    keys: readonly string[],
    wanted: Omit<Wanted, 'visibility'>,
  ): Promise<Plain[][]> {
    const { table, order, size } = wanted;
    const rows = await this.#select(readable, table, (visibility) => {
      const source = orderedRows({ ...wanted, parents: refersTo(table, parents, sql`p.key`), visibility });
      return sql<Plain>`
        select p.key as "parentKey", ${table.columns} from unnest(${[...keys]}::bigint[]) p(key)
        cross join lateral (${source}) t order by p.key, ${order.by(size.backward)}`;
    });
    const byParent = new Map<string, Plain[]>(keys.map((key) => [key, []]));
    for (const { parentKey, ...row } of rows) byParent.get(parentKey as string)!.push(row);
    return keys.map((key) => byParent.get(key)!);
  }

  async #countsOf<Entity extends { id: string }>(
    readable: Readable<Entity>,
    parents: readonly string[],
    keys: readonly string[],
    table: Table,
    conditions: readonly Condition[],
  ): Promise<number[]> {
    const visibility = readable.visible(this.#rights);
    if (visibility === 'none') return keys.map(() => 0);
    const refers = refersTo(table, parents, sql`p.key`);
    const rows = await this.#rows<{ key: string; count: string }>(sql`
      select p.key, c.count from unnest(${[...keys]}::bigint[]) p(key) cross join lateral (
        select count(*) from ${table.name} t where ${belongs({ parents: refers, visibility, conditions })}) c`);
    const byParent = new Map(rows.map((row) => [row.key, Number(row.count)]));
    return keys.map((key) => byParent.get(key)!);
  }

  async #select<Entity extends { id: string }>(
    readable: Seen<Entity>,
    table: Table,
    statement: (visibility: Exclude<Visibility, 'none'>) => RawBuilder<Plain>,
  ): Promise<Plain[]> {
    const visibility = readable.visible(this.#rights);
    if (visibility === 'none') return [];
    const rows = await this.#rows(statement(visibility)).catch(refuseUnreadable);
    for (const row of rows) table.finish(row);
    return rows;
  }

  #rows<Result>(statement: RawBuilder<Result>): Promise<Result[]> {
    return this.db.rows(statement, this.scope);
  }

  #toPage<Entity extends { id: string }>(
    rows: Plain[],
    size: PageSize,
    order: Order,
    args: PageArguments,
    count: () => Promise<number>,
  ): Page<Row<Entity>> {
    const more = rows.length > size.limit;
    const shown = rows.slice(0, size.limit) as Row<Entity>[];
    if (size.backward) shown.reverse();
    const ends = size.backward
      ? { previous: more, next: Boolean(args.before) }
      : { next: more, previous: Boolean(args.after) };
    return new Page(shown, ends, order.name, (row) => order.positionOf(row as Plain), count);
  }

  #loader(field: string, batch: (keys: readonly string[]) => Promise<unknown[]>): DataLoader<string, unknown> {
    let loader = this.#loaders.get(field);
    if (!loader) {
      loader = new DataLoader<string, unknown>(batch);
      this.#loaders.set(field, loader);
    }
    return loader;
  }
}

function refuseUnreadable(error: unknown): never {
  throw isUnreadableValue(error) ? refuseInput([], 'An argument has a value that cannot be read.') : error;
}
