import { sql } from 'kysely';
import { type Json, json } from '../plan/json.js';
import { NotPlannable, type Place } from '../plan/place.js';
import { type Asked, type Plain, type Planning, placeOf, type Read, rowOf } from '../plan/read.js';
import type { Reader } from '../reader.js';
import { type Totals, totalsRow } from '../totals.js';

class TotalsOf<Entity> implements Read {
  constructor(private readonly totals: Totals<Entity>) {}

  run(row: Plain | undefined, reader: Reader) {
    return reader.totalsOf(this.totals, rowOf(row).id as string);
  }

  plan(asked: Asked, of: Place | null, planning: Planning): Json {
    const { entity, values } = this.totals;
    const place = placeOf(of);
    // The resolvers add up once for all rows that come to the same parent.
    if (place.occurrence === 'shared') throw new NotPlannable(`${asked.name} would be added up more than once`);
    const alias = planning.alias();
    const { text, finish } = planning.object(asked.inner(), {
      column: (name) => sql.ref(`${alias}.${name}`),
      typeName: (name) => values[name]!.type,
      nullable: () => true,
      occurrence: 'once',
    });
    const row = totalsRow(this.totals, planning.table(entity), place.column('id'));
    return json(sql`(select ${text} from (${row}) ${sql.ref(alias)})`, finish);
  }
}

/** What is worked out of all rows that refer to this one. */
export function totalsOf<Entity>(totals: Totals<Entity>): Read {
  return new TotalsOf(totals);
}
