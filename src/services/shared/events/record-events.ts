import { sql } from 'kysely';
import type { SqlExecutor } from '../database/sql-executor.js';
import type { NewEvent } from './event.js';

/** Writes events into the log in one statement, in the transaction that `db` runs in. */
export async function recordEvents(db: SqlExecutor, actor: string, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ kind, subject, data }) => ({
    kind,
    subject_kind: subject.kind,
    subject_id: subject.id,
    subject_version: subject.version,
    data,
  }));
  await db.rows(sql`
    insert into feed.event (kind, subject_kind, subject_id, subject_version, actor, data)
    select e.kind, e.subject_kind, e.subject_id, e.subject_version, ${actor}, e.data
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as e(kind text, subject_kind text, subject_id bigint, subject_version integer, data jsonb)`);
}
