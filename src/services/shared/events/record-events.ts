import { type RawBuilder, sql } from 'kysely';
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
  const events = happened.some(isEvent) ? insertEvents(happened) : undefined;
  const changes = happened.some(({ change }) => change) ? insertChanges(client) : undefined;
  const rows = happened.map((one) => rowOf(one, actor));
  const given = sql`
    select * from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as (kind text, subject_kind text,
      subject_id bigint, subject_version integer, actor text, data jsonb, change_kind text, before jsonb, after jsonb,
      user_id bigint, customer_id bigint, partner_key_id bigint)) with ordinality as h(kind, subject_kind, subject_id,
      subject_version, actor, data, change_kind, before, after, user_id, customer_id, partner_key_id, n)`;
  if (!events) {
    if (changes) await db.rows(sql`with h as (${given}) ${changes}`);
    return undefined;
  }
  const [row] = await db.rows(sql<{ xid: string }>`
    with h as (${given}), e as (${events} returning xid) ${changes ? sql`, c as (${changes})` : sql``}
    select max(xid::text::numeric)::text as xid from e`);
  return BigInt(row!.xid);
}

function rowOf(one: NewEvent | NewChange, by: string) {
  const { kind, subject, change, actor = by } = one;
  const row = { kind, subject_kind: subject.kind, subject_id: subject.id, actor };
  const event = isEvent(one) ? { subject_version: one.subject.version, data: one.data } : {};
  if (!change) return { ...row, ...event };
  const { before, after } = change;
  return { ...row, ...event, change_kind: changeKindOf(kind), before, after, ...whoOf(actor) };
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

function insertEvents(happened: readonly (NewEvent | NewChange)[]): RawBuilder<unknown> {
  const goesOn = happened.some((one, n) => isEvent(one) && followsAnother(one, happened.slice(0, n)));
  const xid = goesOn
    ? sql`greatest(pg_current_xact_id(), (
        select f.xid from feed.event f
        where h.subject_version > 1 and f.subject_kind = h.subject_kind and f.subject_id = h.subject_id
        order by f.position desc limit 1))`
    : sql`pg_current_xact_id()`;
  return sql`
    insert into feed.event (xid, kind, subject_kind, subject_id, subject_version, actor, data)
    select ${xid}, h.kind, h.subject_kind, h.subject_id, h.subject_version, h.actor, h.data
    from h where h.data is not null order by h.n`;
}

function insertChanges({ address, agent, name, version }: Client): RawBuilder<unknown> {
  return sql`
    insert into change_record (kind, subject_kind, subject_id, subject_version, actor, user_id, customer_id,
      partner_key_id, client_address, client_agent, client_name, client_version, before, after)
    select h.change_kind, h.subject_kind, h.subject_id, h.subject_version, h.actor, h.user_id, h.customer_id,
      h.partner_key_id, ${address}, ${agent}, ${name}, ${version}, h.before, h.after
    from h where h.change_kind is not null order by h.n`;
}
