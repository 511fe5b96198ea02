import { type RawBuilder, sql } from 'kysely';
import type { Order } from '../order.js';
import { orderedRows, type RowsWanted } from '../ordered-rows.js';
import { concat, finishEach, type Json, json, literal, objectOf, typeName } from './json.js';
import { instantText } from './leaf.js';
import { NotPlannable, type Occurrence, type Place, rowPlace } from './place.js';
import type { Asked, Planning, Selection } from './read.js';

/** A page to plan. */
export interface PageWanted {
  /** The kind of its nodes. */
  readonly kind: string;
  /** How often each of its rows may stand in the answer. */
  readonly occurrence: Occurrence;
  readonly rows: Omit<RowsWanted, 'limit'>;
  /** How many rows the whole list has. */
  readonly total: Json;
  /** Whether something is known to stand before the page, or behind it, since it was asked for from there. */
  readonly more: { readonly before: boolean; readonly behind: boolean };
}

/** The number of a row within its page, from the end that the page is read from. */
const NUMBER = '#';
const booleanText = (value: boolean) => literal(String(value));

/** Makes one row of all, where nothing aggregates them. */
const ONE_ROW = sql` having true`;

/** A connection with what is asked of it, by one pass over the rows of its page. */
export function planPage(selection: Selection, planning: Planning, wanted: PageWanted): Json {
  const page = new PagePlan(planning, wanted, selection);
  const fields = selection.fields.map((asked) => ({ key: asked.key, json: page.field(asked, selection.type) }));
  const { text, finish } = objectOf(fields);
  return json(page.over(text), finish);
}

class PagePlan {
  readonly #row: string;
  readonly #page: string;
  readonly #items: RawBuilder<unknown>[] = [];
  readonly #place: Place;
  readonly #backward: boolean;
  readonly #limit: number;
  /** Whether one row more is read, to see whether there is any. */
  readonly #oneMore: boolean;
  /** Whether the rows of the whole list are counted. */
  readonly #counted: boolean;
  #numbered = false;
  /** Whether anything that is asked for is told by the page's rows: if not, they are not read. */
  #aggregates = false;

  constructor(
    private readonly planning: Planning,
    private readonly wanted: PageWanted,
    selection: Selection,
  ) {
    this.#row = planning.alias();
    this.#page = planning.alias();
    this.#place = rowPlace(wanted.rows.table, this.#row, wanted.occurrence);
    this.#backward = wanted.rows.size.backward;
    this.#limit = wanted.rows.size.limit;
    const openEnd = this.#backward ? 'hasPreviousPage' : 'hasNextPage';
    this.#counted = selection.fields.some(({ name }) => name === 'totalCount');
    this.#oneMore = selection.fields.some(
      ({ name, inner }) => name === 'pageInfo' && inner().fields.some((field) => field.name === openEnd),
    );
  }

  field(asked: Asked, type: string): Json {
    switch (asked.name) {
      case '__typename':
        return typeName(type);
      case 'nodes':
        return this.#listOf(this.planning.object(asked.inner(this.wanted.kind), this.#place));
      case 'edges':
        return this.#listOf(this.#edge(asked.inner()));
      case 'pageInfo':
        return this.#pageInfo(asked.inner());
      case 'totalCount':
        return this.wanted.total;
      default:
        throw new NotPlannable(`a page has no ${asked.name}`);
    }
  }

  /** The statement that answers `text`, whose aggregates are over the rows of the page. */
  over(text: RawBuilder<unknown>): RawBuilder<unknown> {
    if (!this.#aggregates && !this.#leavesArgumentsOut()) return text;
    const rows = orderedRows({ ...this.wanted.rows, limit: this.#limit + (this.#oneMore ? 1 : 0) });
    const items = this.#items.map((item, i) => sql`${item} as ${sql.ref(`i${i}`)}`);
    const source = this.#numbered ? sql`select t.*, row_number() over () as ${sql.ref(NUMBER)} from (${rows}) t` : rows;
    const numbers = this.#numbered ? [sql.ref(`${this.#row}.${NUMBER}`)] : [];
    const position = this.wanted.rows.order.properties.map(
      (property, i) => sql`${this.#place.column(property)} as ${sql.ref(`p${i}`)}`,
    );
    return sql`(select ${text} from (
      select ${sql.join([...numbers, ...position, ...items])} from (${source}) ${sql.ref(this.#row)}) ${sql.ref(this.#page)}${this.#aggregates ? sql`` : ONE_ROW})`;
  }

  /** Whether a cursor or a filter would stand in no part of the statement, so that a wrong one went unnoticed. */
  #leavesArgumentsOut(): boolean {
    const { rows, more } = this.wanted;
    return more.before || more.behind || (rows.conditions.length > 0 && !this.#counted);
  }

  #inOrder(direction: 'asc' | 'desc'): RawBuilder<unknown> {
    return sql` order by ${this.#number(this.#page)} ${sql.raw(direction)}`;
  }

  #number(alias: string): RawBuilder<unknown> {
    this.#numbered = true;
    return sql.ref(`${alias}.${NUMBER}`);
  }

  #listOf(item: Json): Json {
    this.#aggregates = true;
    const column = sql.ref(`${this.#page}.i${this.#items.length}`);
    this.#items.push(
      this.#oneMore
        ? sql`case when ${this.#number(this.#row)} <= ${sql.lit(this.#limit)} then ${item.text} end`
        : item.text,
    );
    const order = this.#backward ? this.#inOrder('desc') : sql``;
    return json(concat(['[', sql`coalesce(string_agg(${column}, ','${order}), '')`, ']']), finishEach(item.finish));
  }

  #edge({ type, fields }: Selection): Json {
    return objectOf(
      fields.map(({ key, name, inner }) => {
        if (name === '__typename') return { key, json: typeName(type) };
        if (name === 'node') return { key, json: this.planning.object(inner(this.wanted.kind), this.#place) };
        if (name !== 'cursor') throw new NotPlannable(`an edge has no ${name}`);
        const cursor = cursorText(this.wanted.rows.order, this.#place, (property) => this.#place.column(property));
        return { key, json: json(concat(['"', cursor, '"'])) };
      }),
    );
  }

  #pageInfo({ type, fields }: Selection): Json {
    this.#aggregates ||= this.#oneMore || fields.some(({ name }) => name.endsWith('Cursor'));
    const nearest = this.#cursorOf(sql.lit(Math.min(1, this.#limit)));
    const farthest = this.#cursorOf(sql`least(count(*), ${sql.lit(this.#limit)})`);
    const open = sql`case when count(*) > ${sql.lit(this.#limit)} then 'true' else 'false' end`;
    const { before, behind } = this.wanted.more;
    const written: Readonly<Record<string, RawBuilder<unknown>>> = {
      __typename: typeName(type).text,
      hasNextPage: this.#backward ? booleanText(behind) : open,
      hasPreviousPage: this.#backward ? open : booleanText(before),
      startCursor: this.#backward ? farthest : nearest,
      endCursor: this.#backward ? nearest : farthest,
    };
    return objectOf(
      fields.map(({ key, name }) => {
        const text = written[name];
        if (!text) throw new NotPlannable(`a page’s information has no ${name}`);
        return { key, json: json(text) };
      }),
    );
  }

  /** The cursor of the row that is so many from the end that the page is read from; null where there is none. */
  #cursorOf(number: RawBuilder<unknown>): RawBuilder<unknown> {
    const { order } = this.wanted.rows;
    const cursor = cursorText(order, this.#place, (property) => {
      const column = sql.ref(`${this.#page}.p${order.properties.indexOf(property)}`);
      // Where something beside is aggregated in an order, PostgreSQL takes all in that one.
      const numbered = this.#backward ? this.#inOrder('asc') : sql``;
      return sql`(array_agg(${column}${numbered}))[${number}]`;
    });
    return sql`coalesce('"' || ${cursor} || '"', 'null')`;
  }
}

/** A row's cursor, as `encodeCursor` writes it; null where the row is missing. */
function cursorText(
  order: Order,
  place: Place,
  columnOf: (property: string) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  const position = order.properties.flatMap((property) => {
    const column = columnOf(property);
    const type = place.typeName(property);
    if (/^timestamptz/.test(type)) return [',"', instantText(column), '"'];
    if (/^(bigint|integer|numeric|date|uuid)/.test(type)) return [',"', sql`${column}::text`, '"'];
    return [',', sql`to_json(${column}::text)::text`];
  });
  const text = concat([`[${JSON.stringify(order.name)}`, ...position, ']']);
  return sql`rtrim(translate(encode(convert_to(${text}, 'UTF8'), 'base64'), E'+/\\n', '-_'), '=')`;
}
