import { sql } from 'kysely';
import { Order, type PageEnd } from '../order.js';
import { belongs } from '../ordered-rows.js';
import { type PageArguments, pageSizeOf } from '../page-arguments.js';
import { filterConditions } from '../page-conditions.js';
import { type Json, json } from '../plan/json.js';
import { NotPlannable, type Place } from '../plan/place.js';
import { planPage } from '../plan/plan-page.js';
import { type Asked, type Plain, type Planning, placeOf, type Read } from '../plan/read.js';
import type { Readable } from '../readable.js';
import type { Reader } from '../reader.js';

type GivenFilter = Readonly<Record<string, unknown>>;

/** A page of a list: of all rows, or of those that refer to this one. */
class List<Entity extends { id: string }> implements Read {
  constructor(
    private readonly readable: Readable<Entity>,
    private readonly parents: readonly (keyof Entity & string)[] | null,
    readonly args: PageArguments,
  ) {}

  run(row: Plain, reader: Reader) {
    return this.parents
      ? reader.pageOf(this.readable, this.parents, row.id as string, this.args)
      : reader.page(this.readable, this.args);
  }

  plan(asked: Asked, place: Place | null, planner: Planning): Json {
    const { readable, args } = this;
    const visibility = readable.visible(planner.rights);
    // An empty page has the same shape as any; it is too rare to be planned.
    if (visibility === 'none') throw new NotPlannable(`no ${readable.kind} is visible`);
    const table = planner.table(readable.entity);
    const order = Order.of(readable, table, args.orderBy);
    const parents = (this.parents ?? []).map(
      (property) => sql`${table.column(property)} = ${placeOf(place).column('id')}`,
    );
    const conditions = filterConditions(readable, planner.rights, args.filter, (name) => {
      const { isChoice, value } = readable.filters[name]!;
      if (isChoice) return sql.lit((args.filter as GivenFilter)[name]);
      return planner.parameter<List<Entity>>(asked, (read, scope) =>
        value((read.args.filter as GivenFilter)[name], scope, ['filter', name]),
      );
    });
    const ends = (['after', 'before'] satisfies PageEnd[]).flatMap((end) => {
      if (!args[end]) return [];
      const position = order.properties.map((_, i) =>
        planner.parameter<List<Entity>>(asked, (read) => order.decode(read.args[end]!, end)[i]),
      );
      return [order.beyond(end, position)];
    });
    return planPage(asked.inner(), planner, {
      rows: {
        table,
        parents,
        visibility,
        conditions: [...conditions, ...ends],
        order,
        size: pageSizeOf(args),
        limit: 0,
      },
      total: json(
        sql`(select count(*)::text from ${table.name} t where ${belongs({ parents, visibility, conditions })})`,
      ),
      more: { before: Boolean(args.after), behind: Boolean(args.before) },
    });
  }
}

/** A page of the rows that the actor sees. */
export function page<Entity extends { id: string }>(readable: Readable<Entity>, args: PageArguments): Read {
  return new List(readable, null, args);
}

/** A page of those rows that refer to this one, through any of the properties named. */
export function pageOf<Entity extends { id: string }>(
  readable: Readable<Entity>,
  parents: readonly (keyof Entity & string)[],
  args: PageArguments,
): Read {
  return new List(readable, parents, args);
}
