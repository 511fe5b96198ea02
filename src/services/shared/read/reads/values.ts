import { sql } from 'kysely';
import { encodeId } from '../../ids/global-id.js';
import { concat, type Json, json } from '../plan/json.js';
import { cellOf, leafOf } from '../plan/leaf.js';
import { NotPlannable, type Place } from '../plan/place.js';
import { type Asked, type Plain, placeOf, type Read, rowOf } from '../plan/read.js';
import type { Reader } from '../reader.js';
import type { Row } from '../row.js';

class Column implements Read {
  constructor(private readonly property: string) {}

  run(row: Plain | undefined) {
    return rowOf(row)[this.property];
  }

  plan({ leaf }: Asked, place: Place | null): Json {
    if (!leaf) throw new NotPlannable(`${this.property} is no scalar`);
    return leafOf(placeOf(place), this.property, leaf);
  }
}

class GlobalId implements Read {
  /** What of every id is the same: three bytes are four characters. */
  private readonly prefix: string;
  private readonly rest: string;

  constructor(
    private readonly type: string,
    private readonly property: string,
  ) {
    const name = `${type}:`;
    const whole = name.length - (name.length % 3);
    this.prefix = Buffer.from(name.slice(0, whole)).toString('base64url');
    this.rest = name.slice(whole);
  }

  run(row: Plain | undefined) {
    const key = rowOf(row)[this.property] as string | null | undefined;
    return key == null ? null : encodeId(this.type, key);
  }

  // Of letters, digits and a colon, base64 makes neither of the characters that base64url has others for.
  plan(_asked: Asked, place: Place | null): Json {
    const of = placeOf(place);
    const text = concat([this.rest, sql`${of.column(this.property)}::text`]);
    const id = concat([`"${this.prefix}`, sql`rtrim(encode(${text}::bytea, 'base64'), '=')`, '"']);
    return json(of.nullable(this.property) ? sql`coalesce(${id}, 'null')` : id);
  }
}

class Computed<Entity> implements Read {
  constructor(
    private readonly needs: readonly string[],
    private readonly compute: (row: Row<Entity>, now: Date) => unknown,
  ) {}

  run(row: Plain | undefined, { scope }: Reader) {
    return this.compute(rowOf(row) as Row<Entity>, scope.now());
  }

  plan({ leaf }: Asked, place: Place | null): Json {
    if (!leaf) throw new NotPlannable('what is computed is no scalar');
    const cells = this.needs.flatMap((property, i) => [i === 0 ? '[' : ',', cellOf(placeOf(place), property)]);
    return json(concat([...cells, ']']), (values, { now }) => {
      const row = Object.fromEntries(this.needs.map((property, i) => [property, (values as unknown[])[i]]));
      const value = this.compute(row as Row<Entity>, now());
      return value == null ? null : leaf.serialize(value);
    });
  }
}

/** A property of the row, for a field that needs a read: it is hidden by a rule, renamed, or of another row. */
export function column(property: string): Read {
  return new Column(property);
}

/** The graph's id of the row. */
export function globalId(kind: string): Read {
  return new GlobalId(kind, 'id');
}

/** The graph's id of what a property refers to, whether the actor may see that or not. */
export function idOf(kind: string, property: string): Read {
  return new GlobalId(kind, property);
}

/**
 * A scalar that is worked out of properties of the row, and of the instant at which it is read.
 *
 * @param needs all properties that it is worked out of; it sees no other
 */
export function computed<Entity>(
  needs: readonly (keyof Entity & string)[],
  compute: (row: Row<Entity>, now: Date) => string | number | boolean | null,
): Read {
  return new Computed<Entity>(needs, compute);
}
