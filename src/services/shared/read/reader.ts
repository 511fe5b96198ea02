import DataLoader from 'dataloader';
import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../access/actor.js';
import type { SqlExecutor } from '../database/sql-executor.js';
import { refuseInput } from '../errors/refusal.js';
import { Order } from './order.js';
import { Page } from './page.js';
import { type PageArguments, type PageSize, pageSizeOf } from './page-arguments.js';
import type { FilterConditions, Readable } from './readable.js';
import type { Row } from './row.js';
import type { Table, Tables } from './table.js';

type Plain = Record<string, unknown>;
const conjunction = sql` and `;
const and = (conditions: RawBuilder<unknown>[]) =>
  conditions.length === 0 ? sql`true` : sql.join(conditions, conjunction);

/**
 * The read engine: every list and relation of the graph is read through it, as one actor sees it.
 *
 * One statement per field and level, whatever the number of parents; the actor's row scope stands in each. A reader
 * belongs to one operation: it remembers what it read by id until `forget`.
 */
export class Reader {
  #loaders = new Map<string, DataLoader<string, unknown>>();

  constructor(
    private readonly db: SqlExecutor,
    private readonly tables: Tables,
    readonly actor: Actor,
  ) {}

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
    const loader = this.#loader(`${readable.kind}.${property}.one.${name}`, async (values) => {
      const table = this.tables.of(readable.entity);
      const rows = await this.#select(
        readable,
        table,
        (visible) => sql<Plain>`
          select ${table.columns} from ${table.name} t
          where ${table.column(property)} = any(${[...values]}::${table.type(property)}[])
          and ${and(condition ? [visible, condition] : [visible])}`,
      );
      const found = new Map(rows.map((row) => [String(row[property]), row]));
      return values.map((one) => found.get(one) ?? null);
    });
    return (await loader.load(value)) as Row<Entity> | null;
  }

  /**
   * One page of all rows that the actor sees.
   *
   * @throws Refusal with BAD_USER_INPUT for a page size, a cursor or an order that is none
   */
  async page<Entity extends { id: string }>(
    readable: Readable<Entity>,
    args: PageArguments,
    narrowed: RawBuilder<unknown>[] = [],
  ): Promise<Page<Row<Entity>>> {
    const table = this.tables.of(readable.entity);
    const size = pageSizeOf(args);
    const order = Order.of(readable, table, args.orderBy);
    const conditions = [...narrowed, ...filterConditions(readable, args.filter)];
    const window = [...conditions, ...order.between(args.after, args.before)];
    const rows = await this.#select(
      readable,
      table,
      (visible) => sql<Plain>`
        select ${table.columns} from ${table.name} t where ${and([visible, ...window])}
        order by ${order.by(size.backward)} limit ${sql.lit(size.limit + 1)}`,
    );
    return this.#toPage<Entity>(rows, size, order, args, async () => {
      const visible = readable.visible(this.actor);
      if (visible === 'none') return 0;
      const [total] = await this.db.rows(sql<{ count: string }>`
        select count(*) from ${table.name} t where ${and([...(visible === 'all' ? [] : [visible]), ...conditions])}`);
      return Number(total!.count);
    });
  }

  /**
   * One page per parent of the rows that refer to it, through any of the properties named.
   *
   * @throws Refusal with BAD_USER_INPUT for a page size, a cursor or an order that is none
   */
  async pageOf<Entity extends { id: string }>(
    readable: Readable<Entity>,
    parents: readonly (keyof Entity & string)[],
    parent: string,
    args: PageArguments,
  ): Promise<Page<Row<Entity>>> {
    const table = this.tables.of(readable.entity);
    const size = pageSizeOf(args);
    const order = Order.of(readable, table, args.orderBy);
    const conditions = filterConditions(readable, args.filter);
    const window = [...conditions, ...order.between(args.after, args.before)];
    const field = `${readable.kind}.${parents.join('|')}.${JSON.stringify(args)}`;
    const loader = this.#loader(field, (keys) => this.#pagesOf(readable, table, parents, keys, window, order, size));
    const rows = (await loader.load(parent)) as Plain[];
    const counts = this.#loader(`${field}.count`, (keys) => this.#countsOf(readable, table, parents, keys, conditions));
    return this.#toPage<Entity>(rows, size, order, args, () => counts.load(parent) as Promise<number>);
  }

  async #pagesOf<Entity extends { id: string }>(
    readable: Readable<Entity>,
    table: Table,
    parents: readonly string[],
    keys: readonly string[],
    window: RawBuilder<unknown>[],
    order: Order,
    size: PageSize,
  ): Promise<Plain[][]> {
    const limit = sql.lit(size.limit + 1);
    const rows = await this.#select(readable, table, (visible) => {
      const branches = parents.map((property, i) => {
        const notEarlier = parents.slice(0, i).map((one) => sql`${table.column(one)} is distinct from p.key`);
        return sql`(select ${table.columns} from ${table.name} t
          where ${table.column(property)} = p.key and ${and([...notEarlier, visible, ...window])}
          order by ${order.by(size.backward)} limit ${limit})`;
      });
      const lateral =
        branches.length === 1
          ? branches[0]!
          : sql`(select * from (${sql.join(branches, sql` union all `)}) u order by ${order.byOutput('u', size.backward)} limit ${limit})`;
      return sql<Plain>`
        select p.key as "parentKey", r.* from unnest(${[...keys]}::bigint[]) p(key)
        cross join lateral ${lateral} r order by p.key, ${order.byOutput('r', size.backward)}`;
    });
    const byParent = new Map<string, Plain[]>(keys.map((key) => [key, []]));
    for (const { parentKey, ...row } of rows) byParent.get(parentKey as string)!.push(row);
    return keys.map((key) => byParent.get(key)!);
  }

  async #countsOf<Entity extends { id: string }>(
    readable: Readable<Entity>,
    table: Table,
    parents: readonly string[],
    keys: readonly string[],
    conditions: RawBuilder<unknown>[],
  ): Promise<number[]> {
    const visible = readable.visible(this.actor);
    if (visible === 'none') return keys.map(() => 0);
    const refers = sql.join(
      parents.map((property) => sql`${table.column(property)} = p.key`),
      sql` or `,
    );
    const rows = await this.db.rows(sql<{ key: string; count: string }>`
      select p.key, c.count from unnest(${[...keys]}::bigint[]) p(key) cross join lateral (
        select count(*) from ${table.name} t
        where (${refers}) and ${and([...(visible === 'all' ? [] : [visible]), ...conditions])}) c`);
    const byParent = new Map(rows.map((row) => [row.key, Number(row.count)]));
    return keys.map((key) => byParent.get(key)!);
  }

  async #select<Entity extends { id: string }>(
    readable: Readable<Entity>,
    table: Table,
    statement: (visible: RawBuilder<unknown>) => RawBuilder<Plain>,
  ): Promise<Plain[]> {
    const visible = readable.visible(this.actor);
    if (visible === 'none') return [];
    const rows = await this.db.rows(statement(visible === 'all' ? sql`true` : visible)).catch(refuseUnreadable);
    for (const row of rows) table.finish(row);
    return rows;
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

/** A value that PostgreSQL cannot read (class 22) came in an argument: a forged cursor, a null character in a filter. */
function refuseUnreadable(error: unknown): never {
  const { code } = error as { code?: string };
  throw code?.startsWith('22') ? refuseInput([], 'An argument has a value that cannot be read.') : error;
}

function filterConditions<Entity extends { id: string }>(
  readable: Readable<Entity>,
  filter: PageArguments['filter'],
): RawBuilder<unknown>[] {
  return Object.entries(filter ?? {})
    .filter(([, value]) => value != null)
    .map(([name, value]) => (readable.filters as FilterConditions)[name]!(value));
}
