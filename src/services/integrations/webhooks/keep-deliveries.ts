import { type RawBuilder, sql } from 'kysely';
import { WebhookDeliveryState } from '../../../entities/integrations/webhook-delivery-state.enum.js';
import { WebhookEndpointState } from '../../../entities/integrations/webhook-endpoint-state.enum.js';
import type { GapReason } from '../../../entities/shared/gap-reason.enum.js';
import type { SqlExecutor } from '../../shared/database/sql-executor.js';
import type { FeedEvent } from '../../shared/events/event.js';
import type { FeedCursor, FeedPosition } from '../../shared/events/feed-cursor.js';
import type { Follower } from './find-followers.js';
import { GAP_KIND } from './owner-rights.js';

type Together = readonly [Follower, ...Follower[]];

/** A page of events behind a place, and which kinds of them each endpoint there wants. */
export interface Collected {
  readonly events: readonly FeedEvent[];
  readonly wanted: readonly { readonly id: string; readonly kinds: readonly string[] }[];
}

/** What became of endpoints that events were kept for. */
export interface Kept {
  readonly messages: number;
  readonly moved: number;
}

/**
 * Keeps messages for endpoints that stand at one place, and moves them behind the events, in one statement.
 *
 * An endpoint that another process holds, or has moved since, is passed over. A message that is there already and has
 * ended begins to wait again, with its id: the endpoint was put back to a place before it.
 *
 * @returns how many messages were kept, and how many endpoints moved
 */
export async function keepEvents(
  db: SqlExecutor,
  together: Together,
  { events, wanted }: Collected,
  now: Date,
): Promise<Kept> {
  const kinds = new Set(wanted.flatMap((one) => one.kinds));
  const rows = events
    .filter(({ kind }) => kinds.has(kind))
    .map(({ xid, position, kind, subject, recordedAt, data }) => ({
      xid: String(xid),
      position: String(position),
      kind,
      subject_kind: subject.kind,
      subject_id: subject.id,
      subject_version: subject.version,
      recorded_at: recordedAt,
      data,
    }));
  const last = events.at(-1)!;
  const [kept] = await db.rows(sql<Kept>`
    with ${movedTo(together, { epoch: together[0].log, ...placeOf(last) }, sql``)},
    kept as (insert into webhook_delivery (endpoint_id, log, xid, position, kind, subject_kind, subject_id, subject_version,
      recorded_at, data, next_attempt_at, created_at)
    select m.id, ${together[0].log}::uuid, r.xid, r.position, r.kind, r.subject_kind, r.subject_id, r.subject_version,
      r.recorded_at, r.data, ${now}::timestamptz, ${now}::timestamptz
    from moved m
    join jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(id bigint, kinds text[]) on w.id = m.id
    join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(xid bigint, position bigint, kind text,
      subject_kind text, subject_id bigint, subject_version integer, recorded_at timestamptz, data jsonb)
      on r.kind = any(w.kinds)
    order by m.id, r.xid, r.position
    ${againWhereEnded(now)}
    returning id)
    select (select count(*)::integer from kept) as messages, (select count(*)::integer from moved) as moved`);
  return kept!;
}

/**
 * Moves endpoints to another place of the log, since what is behind theirs is gone; each remembers the gap and is sent a
 * message about it.
 *
 * @returns how many messages were kept
 */
export async function keepGap(
  db: SqlExecutor,
  together: Together,
  to: FeedCursor,
  reason: GapReason,
  now: Date,
): Promise<number> {
  const remembered = sql`, gap_at = ${now}::timestamptz, gap_reason = ${reason}`;
  const kept = await db.rows(sql`
    with ${movedTo(together, to, remembered)}
    insert into webhook_delivery (endpoint_id, log, xid, position, kind, subject_kind, subject_id, subject_version,
      recorded_at, data, next_attempt_at, created_at)
    select m.id, ${to.epoch}::uuid, ${String(to.xid)}::bigint, ${String(to.position)}::bigint, ${GAP_KIND},
      'WebhookEndpoint', m.id, 0, ${now}::timestamptz, ${JSON.stringify({ reason })}::jsonb, ${now}::timestamptz,
      ${now}::timestamptz
    from moved m
    ${againWhereEnded(now)}
    returning id`);
  return kept.length;
}

const placeOf = ({ xid, position }: FeedPosition): FeedPosition => ({ xid, position });

/** The endpoints that stand where they were seen, moved to another place. */
function movedTo(together: Together, to: FeedCursor, beside: RawBuilder<unknown>): RawBuilder<unknown> {
  const { log, xid, position } = together[0];
  return sql`
    held as (
      select e.id from webhook_endpoint e
      where e.id = any(${together.map(({ id }) => id)}::bigint[]) and e.removed_at is null
        and e.state <> ${WebhookEndpointState.PAUSED} and e.log = ${log}::uuid
        and e.xid = ${String(xid)}::bigint and e.position = ${String(position)}::bigint
      order by e.id for no key update skip locked),
    moved as (
      update webhook_endpoint e
      set log = ${to.epoch}::uuid, xid = ${String(to.xid)}::bigint, position = ${String(to.position)}::bigint${beside}
      from held where e.id = held.id returning e.id)`;
}

function againWhereEnded(now: Date): RawBuilder<unknown> {
  return sql`on conflict (endpoint_id, log, xid, position, kind) do update
    set state = ${WebhookDeliveryState.PENDING}, reason = null, attempt_count = 0,
      next_attempt_at = ${now}::timestamptz, ended_at = null
    where webhook_delivery.state <> ${WebhookDeliveryState.PENDING}`;
}
