import { sql } from 'kysely';
import type { SqlExecutor } from '../database/sql-executor.js';
import type { FeedEvent } from './event.js';
import type { FeedPosition } from './feed-cursor.js';

interface EventRow {
  xid: string;
  position: string;
  kind: string;
  subject_kind: string;
  subject_id: string;
  subject_version: number;
  actor: string;
  recorded_at: string;
  data: Record<string, unknown>;
}

/**
 * The event log as a reader sees it: in the order of transactions, and only below the oldest that still runs.
 *
 * A transaction that commits late has a lower id than those that overtook it; since nothing at or above the oldest
 * running id is given out, it is never skipped.
 */
export class FeedLog {
  constructor(private readonly db: SqlExecutor) {}

  /** What tells this database's cursors from another's. */
  async epoch(): Promise<string> {
    const [row] = await this.db.rows(sql<{ id: string }>`select id from feed.epoch`);
    return row!.id;
  }

  /** The place behind everything that a reader could be given now. */
  async horizon(): Promise<FeedPosition> {
    const [row] = await this.db.rows(
      sql<{ xmin: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`,
    );
    return { xid: BigInt(row!.xmin), position: 0n };
  }

  /** The events behind a place, in order, at most `limit`. */
  async after({ xid, position }: FeedPosition, limit: number): Promise<FeedEvent[]> {
    const rows = await this.db.rows(sql<EventRow>`
      select e.xid::text, e.position, e.kind, e.subject_kind, e.subject_id, e.subject_version, e.actor, e.recorded_at, e.data
      from feed.event e
      where (e.xid, e.position) > (${String(xid)}::xid8, ${String(position)}::bigint)
        and e.xid < pg_snapshot_xmin(pg_current_snapshot())
      order by e.xid, e.position limit ${limit}`);
    return rows.map((row) => ({
      xid: BigInt(row.xid),
      position: BigInt(row.position),
      kind: row.kind,
      subject: { kind: row.subject_kind, id: row.subject_id, version: row.subject_version },
      actor: row.actor,
      recordedAt: new Date(row.recorded_at),
      data: row.data,
    }));
  }
}
