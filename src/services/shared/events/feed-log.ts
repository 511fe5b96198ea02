import { type RawBuilder, sql } from 'kysely';
import type { SqlExecutor } from '../database/sql-executor.js';
import type { FeedEvent } from './event.js';
import type { FeedCursor, FeedPosition } from './feed-cursor.js';

interface PageRow {
  epoch: string;
  reaches: boolean;
  knows: boolean;
  xid: string | null;
  position: string;
  kind: string;
  subject_kind: string;
  subject_id: string;
  subject_version: number;
  actor: string;
  recorded_at: string;
  data: Record<string, unknown>;
}

/** What the log is read by. */
export interface LogReads extends SqlExecutor {
  /** Runs a statement that was prepared under a name; missing within a transaction. */
  namedRows?<Row>(name: string, statement: RawBuilder<Row>): Promise<Row[]>;
}

/** What the log gave behind a place. */
export interface FeedPage {
  /** The log that it is of: another one after a restore. */
  readonly epoch: string;
  /** Whether nothing behind the place has been dropped. */
  readonly reaches: boolean;
  /** Whether the place is one of this log: not where a restore has undone its event, nor where that was dropped. */
  readonly knows: boolean;
  /** In order. */
  readonly events: readonly FeedEvent[];
}

/**
 * The event log as a reader sees it: in the order of transactions, and only below the oldest that still runs.
 *
 * A transaction that commits late has a lower id than those that overtook it; since nothing at or above the oldest
 * running id is given out, it is never skipped. The events of one subject stand in the order of its versions.
 */
export class FeedLog {
  /** How often events were asked for. */
  reads = 0;

  constructor(private readonly db: LogReads) {}

  /** What tells this installation from another: the same for all of its life, restores included. */
  async installation(): Promise<string> {
    const [row] = await this.db.rows(sql<{ id: string }>`select id from feed.epoch`);
    return row!.id;
  }

  /** The place of the last event that a reader could be given now, were it dropped meanwhile. */
  async end(): Promise<FeedCursor> {
    const [row] = await this.#read(
      'feed_end',
      sql<{ epoch: string; xid: string; position: string }>`
      select log as epoch, xid::text, position::text from feed.latest()`,
    );
    return { epoch: row!.epoch, xid: BigInt(row!.xid), position: BigInt(row!.position) };
  }

  /** The events behind a place, at most `limit`. */
  async after({ xid, position }: FeedPosition, limit: number): Promise<FeedPage> {
    this.reads += 1;
    const rows = await this.#read(
      'feed_after',
      sql<PageRow>`
      select log as epoch, reaches, knows, xid::text, position, kind, subject_kind, subject_id, subject_version, actor,
        recorded_at, data
      from feed.behind(${String(xid)}::xid8, ${String(position)}::bigint, ${limit}::integer)`,
    );
    const { epoch, reaches, knows } = rows[0]!;
    return { epoch, reaches, knows, events: rows.flatMap((row) => (row.xid === null ? [] : [eventOf(row, row.xid)])) };
  }

  /** The log is asked again and again: to plan for all of its days takes ten times as long as to look. */
  #read<Row>(name: string, statement: RawBuilder<Row>): Promise<Row[]> {
    return this.db.namedRows ? this.db.namedRows(name, statement) : this.db.rows(statement);
  }
}

function eventOf(row: PageRow, xid: string): FeedEvent {
  return {
    xid: BigInt(xid),
    position: BigInt(row.position),
    kind: row.kind,
    subject: { kind: row.subject_kind, id: row.subject_id, version: row.subject_version },
    actor: row.actor,
    recordedAt: new Date(row.recorded_at),
    data: row.data,
  };
}
