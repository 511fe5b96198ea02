import { type RawBuilder, sql } from 'kysely';
import { keyOf } from '../../ids/global-id.js';
import { finishSome, type Json, json, NULL } from '../plan/json.js';
import { NotPlannable, occurrenceOfOne, type Place, rowPlace } from '../plan/place.js';
import { type Asked, type Plain, type Planning, placeOf, type Read, rowOf } from '../plan/read.js';
import type { Readable } from '../readable.js';
import type { Reader } from '../reader.js';
import type { Row } from '../row.js';
import type { Table } from '../table.js';
import { allHold, conditionsOf } from '../visibility.js';

/** One row at most; null for none that the actor sees. */
export abstract class ToOne<Entity extends { id: string }> implements Read {
  constructor(readonly readable: Readable<Entity>) {}

  get kind(): string {
    return this.readable.kind;
  }

  abstract run(row: Plain | undefined, reader: Reader): Promise<Row<Entity> | null>;

  /** That a row of table `t` is the one. */
  protected abstract match(table: Table, asked: Asked, place: Place | null, planning: Planning): RawBuilder<unknown>[];

  plan(asked: Asked, place: Place | null, planning: Planning): Json {
    return this.planWith(asked, place, planning, (row) => planning.object(asked.inner(this.readable.kind), row));
  }

  /** @param inner what is answered of the row */
  planWith(asked: Asked, place: Place | null, planning: Planning, inner: (row: Place) => Json): Json {
    const visibility = this.readable.visible(planning.rights);
    if (visibility === 'none') {
      if (!asked.nullable) throw new NotPlannable(`${asked.name} would be null`);
      return NULL;
    }
    const table = planning.table(this.readable.entity);
    const alias = planning.alias();
    const { text, finish } = inner(rowPlace(table, alias, occurrenceOfOne(place)));
    const conditions = [...this.match(table, asked, place, planning), ...conditionsOf(visibility)];
    const rows = sql`select t.* from ${table.name} t where ${allHold(conditions)}`;
    return json(sql`coalesce((select ${text} from (${rows}) ${sql.ref(alias)}), 'null')`, finishSome(finish));
  }
}

class Parent<Entity extends { id: string }> extends ToOne<Entity> {
  constructor(
    readable: Readable<Entity>,
    private readonly property: string,
  ) {
    super(readable);
  }

  run(row: Plain | undefined, reader: Reader) {
    return reader.byId(this.readable, rowOf(row)[this.property] as string | null);
  }

  protected match(table: Table, _asked: Asked, place: Place | null) {
    return [sql`${table.column('id')} = ${placeOf(place).column(this.property)}`];
  }
}

/** What must hold beside for the one row that refers to a parent. */
export interface ChildCondition {
  /** Tells this condition from others on the same property. */
  readonly name: string;
  /** A condition on table `t`. */
  readonly where: RawBuilder<unknown>;
}

class Child<Entity extends { id: string }> extends ToOne<Entity> {
  constructor(
    readable: Readable<Entity>,
    private readonly property: keyof Entity & string,
    private readonly condition: ChildCondition | undefined,
  ) {
    super(readable);
  }

  run(row: Plain | undefined, reader: Reader) {
    const { name, where } = this.condition ?? {};
    return reader.byUnique(this.readable, this.property, rowOf(row).id as string, where, name);
  }

  protected match(table: Table, _asked: Asked, place: Place | null) {
    const refers = sql`${table.column(this.property)} = ${placeOf(place).column('id')}`;
    return this.condition ? [refers, this.condition.where] : [refers];
  }
}

class ById<Entity extends { id: string }> extends ToOne<Entity> {
  constructor(
    readable: Readable<Entity>,
    private readonly id: string,
    private readonly path: readonly string[],
  ) {
    super(readable);
  }

  run(_row: Plain | undefined, reader: Reader) {
    return reader.byId(this.readable, this.key);
  }

  /** @throws Refusal with BAD_USER_INPUT for the id of another kind, or no id at all */
  get key(): string {
    return keyOf(this.readable.kind, this.id, this.path);
  }

  override plan(asked: Asked, place: Place | null, planning: Planning): Json {
    // Also where nobody sees any: the id of another kind is refused, and kinds are of the shape that a plan is for.
    keyOf(this.readable.kind, this.id, this.path);
    return super.plan(asked, place, planning);
  }

  protected match(table: Table, asked: Asked, _place: Place | null, planning: Planning) {
    const key = planning.parameter<ById<Entity>>(asked, (read) => read.key);
    return [sql`${table.column('id')} = ${key}::${table.type('id')}`];
  }
}

/** The row that a property of this one refers to. */
export function parent<Entity extends { id: string }>(readable: Readable<Entity>, property: string): ToOne<Entity> {
  return new Parent(readable, property);
}

/** The one row that refers to this one by a property. */
export function child<Entity extends { id: string }>(
  readable: Readable<Entity>,
  property: keyof Entity & string,
  condition?: ChildCondition,
): ToOne<Entity> {
  return new Child(readable, property, condition);
}

class Node extends ById<{ id: string }> {
  override async run(row: Plain | undefined, reader: Reader) {
    const found = await super.run(row, reader);
    return found && { ...found, nodeKind: this.readable.kind };
  }
}

/** The row with a global id, with `nodeKind` beside its properties, for a field that may be of several kinds. */
export function node(readable: Readable<{ id: string }>, id: string, path: readonly string[] = ['id']): Read {
  return new Node(readable, id, path);
}

/**
 * The row with a global id.
 *
 * @param path of the argument, for the error
 */
export function byId<Entity extends { id: string }>(
  readable: Readable<Entity>,
  id: string,
  path: readonly string[] = ['id'],
): ToOne<Entity> {
  return new ById(readable, id, path);
}
