import { sql } from 'kysely';
import { finishSome, type Json, json } from '../plan/json.js';
import { type Place, partPlace } from '../plan/place.js';

import { type Asked, type Plain, type Planning, placeOf, type Read, rowOf } from '../plan/read.js';

class Part implements Read {
  constructor(
    private readonly mapping: Readonly<Record<string, string | null>>,
    private readonly presence: string | undefined,
  ) {}

  run(of: Plain | undefined) {
    const row = rowOf(of);
    // Of a gap a message's row has none of an event's properties.
    if (this.presence !== undefined && row[this.presence] == null) return null;
    return Object.fromEntries(
      Object.entries(this.mapping).map(([name, property]) => [name, property === null ? null : row[property]]),
    );
  }

  plan(asked: Asked, place: Place | null, planning: Planning): Json {
    const row = placeOf(place);
    const { text, finish } = planning.object(asked.inner(), partPlace(row, this.mapping));
    if (this.presence === undefined) return json(text, finish);
    return json(sql`case when ${row.column(this.presence)} is null then 'null' else ${text} end`, finishSome(finish));
  }
}

/**
 * Some properties of the row as an object of their own.
 *
 * @param mapping the object's properties to those of the row; null for one that is always null
 * @param presence the property of the row without which there is no such object
 */
export function part<Entity>(
  mapping: Readonly<Record<string, (keyof Entity & string) | null>>,
  presence?: keyof Entity & string,
): Read {
  return new Part(mapping, presence);
}
