import { type RawBuilder, sql } from 'kysely';
import type { SqlExecutor } from './sql-executor.js';

/** Rows that one statement removes: far less than what takes as long as a statement may. */
const BATCH = 10_000;

/**
 * Removes the rows of a table that a condition holds for, a batch a statement.
 *
 * @param condition on the table's own columns
 * @returns how many
 */
export async function removeInBatches(db: SqlExecutor, table: string, condition: RawBuilder<unknown>): Promise<number> {
  const name = sql.table(table);
  let removed = 0;
  for (let batch = BATCH; batch === BATCH; removed += batch) {
    const rows = await db.rows(sql`
      delete from ${name} where ctid = any(array(select ctid from ${name} where ${condition} limit ${BATCH}::integer))
        and ${condition} returning 1`);
    batch = rows.length;
  }
  return removed;
}
