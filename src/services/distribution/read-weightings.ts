import { sql } from 'kysely';
import type { SqlExecutor } from '../shared/database/sql-executor.js';

/** All weights of a source as they stood once. */
export interface Weighting {
  /** Keys, in ascending order. */
  readonly operatorIds: readonly string[];
  /** Decimal strings, in the order of the operators. */
  readonly weights: readonly string[];
}

/** Reads weightings by their keys. */
export async function readWeightings(ids: readonly string[], db: SqlExecutor): Promise<Map<string, Weighting>> {
  // As text: the driver makes floats of an array of decimals.
  const rows = await db.rows(sql<{ id: string } & Weighting>`
    select w.id, w.operator_ids::text[] as "operatorIds", w.weights::text[] as weights
    from source_weighting w where w.id = any(${[...ids]}::bigint[])`);
  return new Map(rows.map(({ id, ...weighting }) => [id, weighting]));
}
