import { sql } from 'kysely';
import { changeKindOf } from '../../../entities/history/change-kind.enum.js';
import type { Client } from '../access/client.js';
import type { SqlExecutor } from '../database/sql-executor.js';
import type { NewChange, NewEvent } from './event.js';

/** Who records, and from where. */
export interface Recorder {
  /** The key of the actor: `user:12`. */
  readonly actor: string;
  readonly client: Client;
}

const isEvent = (one: NewEvent | NewChange): one is NewEvent => 'data' in one;
const ACTOR_KEY = /^(user|customer|partner):(\d+)$/;

/**
 * Writes what happened in one statement, in the transaction that `db` runs in: events into the log, and the history's
 * rows of what was changed, both in the order given.
 *
 * An event stands in the log not below the subject's version before it, whichever of their transactions began first:
 * its place is that of the younger one. So the version must have been taken under the lock of the subject's row, and the
 * statement must begin after that: it then sees the version before, which is committed.
 *
 * @returns the transaction id that the last event is stored under; undefined where there was no event among it
 * @throws Error for a change of a kind that the history has no name for
 */
export async function recordEvents(
  db: SqlExecutor,
  { actor, client }: Recorder,
  happened: readonly (NewEvent | NewChange)[],
): Promise<bigint | undefined> {
  if (happened.length === 0) return undefined;
  const rows = happened.map((one, n) => rowOf(one, actor, happened.slice(0, n)));
  const [row] = await db.rows(sql<{ xid: string | null }>`
    select feed.record(${JSON.stringify(rows)}::jsonb, ${JSON.stringify(client)}::jsonb)::text as xid`);
  return row?.xid ? BigInt(row.xid) : undefined;
}

/** Who records, as it stands in each row that `feed.record` takes. */
export function recorderRow(actor: string): Readonly<Record<string, string>> {
  return { actor, ...whoOf(actor) };
}

function rowOf(one: NewEvent | NewChange, by: string, before: readonly (NewEvent | NewChange)[]) {
  const { kind, subject, change, actor = by } = one;
  const row = { kind, subject_kind: subject.kind, subject_id: subject.id, actor };
  const event = isEvent(one)
    ? { subject_version: one.subject.version, data: one.data, goes_on: followsAnother(one, before) }
    : {};
  if (!change) return { ...row, ...event };
  return {
    ...row,
    ...event,
    change_kind: changeKindOf(kind),
    before: change.before,
    after: change.after,
    ...whoOf(actor),
  };
}

/** The column that an actor's key belongs to; none for the product itself, and for nobody. */
function whoOf(actor: string): Record<string, string> {
  const [, kind, id] = ACTOR_KEY.exec(actor) ?? [];
  if (id === undefined) return {};
  return { [kind === 'partner' ? 'partner_key_id' : `${kind}_id`]: id };
}

/** Whether a version comes before an event's that must be looked for: the first has none, and another stands beside it. */
function followsAnother({ subject }: NewEvent, before: readonly (NewEvent | NewChange)[]): boolean {
  if (subject.version === 1) return false;
  return !before.some(
    (one) =>
      isEvent(one) && one.subject.version === 1 && one.subject.id === subject.id && one.subject.kind === subject.kind,
  );
}
