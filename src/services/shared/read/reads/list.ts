import { sql } from 'kysely';
import { type GivenValues, listConditions, refersTo } from '../list-conditions.js';
import { belongs } from '../ordered-rows.js';
import type { PageArguments } from '../page-arguments.js';
import { type Json, json } from '../plan/json.js';
import { NotPlannable, occurrenceOfEach, type Place } from '../plan/place.js';
import { planPage } from '../plan/plan-page.js';
import { type Asked, type Plain, type Planning, placeOf, type Read, rowOf } from '../plan/read.js';
import type { Readable } from '../readable.js';
import type { Reader } from '../reader.js';
import type { ChildCondition } from './to-one.js';

type GivenFilter = Readonly<Record<string, unknown>>;

/** A page of a list: of all rows, or of those that refer to this one. */
class List<Entity extends { id: string }> implements Read {
  constructor(
    private readonly readable: Readable<Entity>,
    private readonly parents: readonly (keyof Entity & string)[] | null,
    readonly args: PageArguments,
    private readonly condition?: ChildCondition,
  ) {}

  get kind(): string {
    return this.readable.kind;
  }

  run(row: Plain | undefined, reader: Reader) {
    return this.parents
      ? reader.pageOf(this.readable, this.parents, rowOf(row).id as string, this.args, this.condition)
      : reader.page(this.readable, this.args);
  }

  plan(asked: Asked, place: Place | null, planning: Planning): Json {
    const { readable } = this;
    const visibility = readable.visible(planning.rights);
    // An empty page has the same shape as any; it is too rare to be planned.
    if (visibility === 'none') throw new NotPlannable(`no ${readable.kind} is visible`);
    const table = planning.table(readable.entity);
    const values = this.#parameters(asked, planning);
    const { order, size, list, page } = listConditions(readable, table, planning.rights, this.args, values);
    const selection = asked.inner();
    // Read again for each row that comes to the same parent: it must take no looking through rows, as the resolvers read
    // it once for all of these.
    const looksThrough =
      visibility !== 'all' || list.length > 0 || selection.fields.some(({ name }) => name === 'totalCount');
    if (place?.occurrence === 'shared' && looksThrough)
      throw new NotPlannable(`${asked.name} would be looked through more than once`);
    const parents = this.parents ? refersTo(table, this.parents, placeOf(place).column('id')) : [];
    const beside = this.condition ? [this.condition.where] : [];
    const belonging = belongs({ parents, visibility, conditions: [...beside, ...list] });
    return planPage(selection, planning, {
      kind: readable.kind,
      occurrence: occurrenceOfEach(place),
      rows: { table, parents, visibility, conditions: [...beside, ...page], order, size },
      total: json(sql`(select count(*)::text from ${table.name} t where ${belonging})`),
      more: { before: Boolean(this.args.after), behind: Boolean(this.args.before) },
    });
  }

  /** Choices stand in the statement; all else that the client gives comes with each request. */
  #parameters(asked: Asked, planning: Planning): GivenValues {
    const { filters } = this.readable;
    return {
      filter: (name) => {
        const { isChoice, value } = filters[name]!;
        if (isChoice) return sql.lit((this.args.filter as GivenFilter)[name]);
        return planning.parameter<List<Entity>>(asked, ({ args }, scope) =>
          value((args.filter as GivenFilter)[name], scope, ['filter', name]),
        );
      },
      position: (end, order) =>
        order.properties.map((_, i) =>
          planning.parameter<List<Entity>>(asked, ({ args }) => order.decode(args[end]!, end)[i]),
        ),
    };
  }
}

/** A page of the rows that the actor sees. */
export function page<Entity extends { id: string }>(readable: Readable<Entity>, args: PageArguments): Read {
  return new List(readable, null, args);
}

/**
 * A page of those rows that refer to this one, through any of the properties named.
 *
 * @param condition what must hold beside, where rows of other kinds refer so too
 */
export function pageOf<Entity extends { id: string }>(
  readable: Readable<Entity>,
  parents: readonly (keyof Entity & string)[],
  args: PageArguments,
  condition?: ChildCondition,
): Read {
  return new List(readable, parents, args, condition);
}
