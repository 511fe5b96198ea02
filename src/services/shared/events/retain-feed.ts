import { sql } from 'kysely';
import type { Database } from '../database/database.js';

/** Days whose partitions are made ahead, today's included. */
const DAYS_AHEAD = 8;
/** What PostgreSQL says where a lock was not to be had in the time allowed. */
const LOCK_NOT_AVAILABLE = '55P03';

/** What was done to the days of the event log. */
export interface RetainedFeed {
  /** The partitions that were dropped, the oldest first. */
  readonly dropped: readonly string[];
  /** Days that have no partition of their own yet; their events are kept in the default one. */
  readonly unmade: number;
  /** Whether somebody's reading or writing was in the way; the next call goes on. */
  readonly heldUp: boolean;
}

/**
 * Makes the coming days of the event log, and drops those that lie more than so many whole days back.
 *
 * A day is dropped whole, in a transaction of its own that also notes how far it reached: readers who were not past it
 * learn that events are missing. No lock is waited for longer than a moment, since writers would wait behind it.
 */
export async function retainFeed(database: Database, days: number): Promise<RetainedFeed> {
  const [made] = await database.rows(sql<{ unmade: number }>`
    select feed.ensure_partitions((now() at time zone 'UTC')::date, ${DAYS_AHEAD}::integer) as unmade`);
  const { unmade } = made!;
  const dropped: string[] = [];
  try {
    for (;;) {
      const [row] = await database.rows(sql<{ name: string | null }>`
        select feed.drop_before((now() at time zone 'UTC')::date - ${days}::integer) as name`);
      if (row!.name === null) return { dropped, unmade, heldUp: false };
      dropped.push(row!.name);
    }
  } catch (error) {
    if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
    return { dropped, unmade, heldUp: true };
  }
}
