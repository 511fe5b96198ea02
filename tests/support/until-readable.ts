import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { SqlExecutor } from '../../src/services/shared/database/sql-executor.js';

/**
 * Waits until readers may be given all that the event log holds by now.
 *
 * The log is read below the oldest transaction of the whole server: a test in the other worker, in another database, may
 * hold it up for seconds.
 */
export async function untilReadable(database: SqlExecutor): Promise<void> {
  const [last] = await database.rows(sql<{ xid: string | null }>`select max(xid::text::bigint) as xid from feed.event`);
  const oldest = async () => {
    const [row] = await database.rows(sql<{ xid: string }>`
      select pg_snapshot_xmin(pg_current_snapshot())::text as xid`);
    return BigInt(row!.xid);
  };
  while ((await oldest()) <= BigInt(last!.xid ?? 0)) await sleep(5);
}
