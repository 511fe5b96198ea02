import { sql } from 'kysely';
import type { SqlExecutor } from '../shared/database/sql-executor.js';

/** Reads whose inquiries were by some assignments: the operator's key for the key of each. */
export async function readHolders(ids: readonly string[], db: SqlExecutor): Promise<Map<string, string>> {
  const rows = await db.rows(sql<{ id: string; operator: string }>`
    select a.id, a.operator_id as operator from assignment a where a.id = any(${[...ids]}::bigint[])`);
  return new Map(rows.map(({ id, operator }) => [id, operator]));
}
