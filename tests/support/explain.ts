import { escapeLiteral } from 'pg';
import type { Database } from '../../src/services/shared/database/database.js';
import type { SentStatement } from './count-statements.js';

/** As it stands in `execute`, which takes no values beside its text; lists are of keys only. */
function literalOf(value: unknown): string {
  if (value === null) return 'null';
  return escapeLiteral(Array.isArray(value) ? `{${value.join(',')}}` : String(value));
}

/**
 * How PostgreSQL goes about a statement, prepared over a connection of those that it was sent over: `explain` of the
 * statement itself would plan for its values, also where connections are set to plan for any.
 */
export async function explain(
  { pool, readPool }: Pick<Database, 'pool' | 'readPool'>,
  { text, values, byReadPool }: SentStatement,
): Promise<string> {
  const client = await (byReadPool ? readPool : pool).connect();
  const given = values.length === 0 ? '' : `(${values.map(literalOf).join(', ')})`;
  let failed = true;
  try {
    await client.query(`prepare explained as ${text}`);
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (costs off) execute explained${given}`);
    // Those of the product itself stay: it goes on with the connection.
    await client.query('deallocate explained');
    failed = false;
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  } finally {
    client.release(failed);
  }
}
