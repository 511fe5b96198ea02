import { sql } from 'kysely';
import type { Work } from './work.js';

/**
 * Keys for rows that are about to be inserted into a table, ascending, in one statement.
 *
 * Those who must know the keys of many rows beforehand take them: rows inserted in one statement come back in no
 * order that SQL promises.
 */
export async function newKeys(work: Work, table: 'call' | 'ledger_entry', count: number): Promise<string[]> {
  const rows = await work.rows<{ id: string }>(
    sql`select nextval(pg_get_serial_sequence(${table}, 'id')) as id from generate_series(1, ${count}::integer)`,
  );
  return rows.map(({ id }) => id).sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
}
