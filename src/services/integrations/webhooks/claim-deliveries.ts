import { type RawBuilder, sql } from 'kysely';
import { WebhookDeliveryState } from '../../../entities/integrations/webhook-delivery-state.enum.js';
import { WebhookEndpointState } from '../../../entities/integrations/webhook-endpoint-state.enum.js';
import type { Work } from '../../shared/database/work.js';
import { type ClaimedDelivery, type ClaimedRow, claimedOf } from './claimed-delivery.js';
import { IS_REACHED } from './is-reached.js';

/** Messages that are under way to one endpoint at once, by all processes. */
const MOST_OF_ENDPOINT = 8;
/** Messages of one owner's endpoints that one process has under way at once. */
const MOST_OF_OWNER = 16;

/** What a process may take. */
export interface Room {
  /** Messages that it may have under way besides. */
  readonly free: number;
  /** Those that it has under way, by owner: a partner key's key, `0` for the organisation itself. */
  readonly busy: ReadonlyMap<string, number>;
}

/** What was taken; `isLeft` where something is due, but others were at its endpoint. */
export interface Claimed {
  readonly deliveries: readonly ClaimedDelivery[];
  readonly isLeft: boolean;
}

/** The owner of endpoint `e`, as `Room` has it. */
const OWNER = sql`coalesce(e.partner_key_id, 0)`;
const UNDER_WAY = (now: RawBuilder<unknown>) => sql`(select count(*)::integer from webhook_delivery u
  where u.endpoint_id = e.id and u.lease is not null and u.locked_until > ${now})`;
const BOUND = sql`case when e.state = ${WebhookEndpointState.SUSPENDED} then 1 else ${MOST_OF_ENDPOINT}::integer end`;

/**
 * Takes messages that are due, and of each subject only the first that waits: what is behind it goes when it has ended.
 *
 * Owners share a process's places: none has more than 16 of 64, nor more than are free, so that there is always one for
 * who has none; endpoints with the fewest messages under way come first. Endpoints are locked while their messages are
 * chosen, so that processes side by side choose different ones, keep to the bound of an endpoint together, and send one
 * probe to an endpoint that is suspended: the message with the fewest attempts, since one that nobody takes says nothing
 * of the others. What has ended between the choice and the taking is not taken.
 *
 * @param leaseMs how long they are this process's; what it has not ended by then is sent by another
 */
export async function claimDeliveries(work: Work, room: Room, leaseMs: number): Promise<Claimed> {
  const now = sql`${work.now}::timestamptz`;
  const bounds: Bounds = {
    most: Math.ceil(room.free / 2),
    mostOfOwner: Math.min(MOST_OF_OWNER, room.free),
    shares: sharesOf(room.busy),
  };
  const found = await findEndpoints(work, now, bounds);
  if (found.length === 0) return { deliveries: [], isLeft: false };
  const held = await work.rows(sql<{ id: string }>`
    select e.id from webhook_endpoint e
    where e.id = any(${found}::bigint[]) and e.removed_at is null and ${isOpen(now)}
    order by e.id for no key update skip locked`);
  if (held.length === 0) return { deliveries: [], isLeft: true };
  const endpoints = held.map(({ id }) => id);
  const until = sql`${new Date(work.now.getTime() + leaseMs)}::timestamptz`;
  const rows = await takeFrom(work, endpoints, now, until, bounds);
  return { deliveries: rows.map(claimedOf), isLeft: rows.length === 0 };
}

/** How much one claim may take. */
interface Bounds {
  readonly most: number;
  /** Of one owner, with what is under way. */
  readonly mostOfOwner: number;
  /** `Room.busy`, as rows `b`. */
  readonly shares: RawBuilder<unknown>;
}

function sharesOf(busy: Room['busy']): RawBuilder<unknown> {
  const rows = [...busy].map(([owner, count]) => ({ owner, count }));
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as b(owner bigint, count integer)`;
}

/** The endpoints that something is due for and that are below their bounds, those with the fewest under way first. */
async function findEndpoints(
  work: Work,
  now: RawBuilder<unknown>,
  { most, mostOfOwner, shares }: Bounds,
): Promise<string[]> {
  const candidates = await work.rows(sql<{ id: string }>`
    select e.id from webhook_endpoint e left join ${shares} on b.owner = ${OWNER}
    cross join lateral (select ${UNDER_WAY(now)} as count) u
    where e.removed_at is null and ${isOpen(now)}
      and coalesce(b.count, 0) < ${mostOfOwner}::integer and u.count < ${BOUND}
      and exists (select from webhook_delivery d where d.endpoint_id = e.id and ${isSendable(now)})
    order by coalesce(b.count, 0), u.count, random() limit ${most}::integer`);
  return candidates.map(({ id }) => id);
}

/** Takes messages from endpoints that are held. */
async function takeFrom(
  work: Work,
  endpoints: readonly string[],
  now: RawBuilder<unknown>,
  until: RawBuilder<unknown>,
  { most, mostOfOwner, shares }: Bounds,
): Promise<ClaimedRow[]> {
  return work.rows(sql<ClaimedRow>`
    with each_endpoint as (
      select c.id, e.id as endpoint_id, ${OWNER} as owner, c.next_attempt_at, c.n + u.count as turn
      from unnest(${endpoints}::bigint[]) as one(id)
      join webhook_endpoint e on e.id = one.id
      cross join lateral (select ${UNDER_WAY(now)} as count) u
      cross join lateral (
        select f.*, row_number() over (order by f.next_attempt_at, f.id) as n from (
        (select d.id, d.next_attempt_at from webhook_delivery d
          where e.state = ${WebhookEndpointState.ACTIVE} and d.endpoint_id = e.id and ${isSendable(now)}
          order by d.next_attempt_at, d.id limit ${MOST_OF_ENDPOINT}::integer)
        union all
        (select d.id, d.next_attempt_at from webhook_delivery d
          where e.state = ${WebhookEndpointState.SUSPENDED} and d.endpoint_id = e.id and ${isSendable(now)}
          order by d.attempt_count, d.next_attempt_at, d.id limit 1)) f) c
      where c.n + u.count <= ${BOUND}),
    each_owner as (
      select o.*, coalesce(b.count, 0) + row_number() over (partition by o.owner order by o.turn, o.next_attempt_at, o.id)
        as share
      from each_endpoint o left join ${shares} on b.owner = o.owner),
    chosen as (
      select id, endpoint_id from each_owner where share <= ${mostOfOwner}::integer
      order by share, next_attempt_at, id limit ${most}::integer),
    probed as (
      update webhook_endpoint e set suspended_until = ${until}
      where e.state = ${WebhookEndpointState.SUSPENDED} and e.id in (select endpoint_id from chosen)),
    claimed as (
      update webhook_delivery d
      set attempt_count = d.attempt_count + 1, locked_until = ${until}, lease = gen_random_uuid()
      from chosen where d.id = chosen.id and ${isDue(now)} returning d.*)
    select c.id, c.lease, c.endpoint_id, c.message_id, c.attempt_count, c.log, c.xid, c.position, c.kind,
      c.subject_kind as "subjectKind", c.subject_id as "subjectId", c.subject_version as "subjectVersion",
      c.recorded_at, c.data, e.state, e.url, e.secret, e.previous_secret, e.previous_secret_until,
      e.partner_key_id, k.scopes, k.revoked_at is not null as revoked
    from claimed c join webhook_endpoint e on e.id = c.endpoint_id left join partner_key k on k.id = e.partner_key_id
    order by c.next_attempt_at, c.id`);
}

/** Whether endpoint `e` may be sent something: it is not paused, and no break of its circuit goes on. */
function isOpen(now: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(e.state = ${WebhookEndpointState.ACTIVE}
    or (e.state = ${WebhookEndpointState.SUSPENDED} and e.suspended_until <= ${now}))`;
}

/** Whether message `d` is to be tried by now, and nobody is at it. */
function isDue(now: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`d.state = ${WebhookDeliveryState.PENDING} and d.next_attempt_at <= ${now}
    and (d.locked_until is null or d.locked_until <= ${now})`;
}

/** Whether message `d` of endpoint `e` may go now: it is due, reached, and the first of its subject that waits. */
function isSendable(now: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`${isDue(now)} and ${IS_REACHED}
    and not exists (select from webhook_delivery p
      where p.endpoint_id = d.endpoint_id and p.state = ${WebhookDeliveryState.PENDING}
        and p.subject_kind = d.subject_kind and p.subject_id = d.subject_id and p.position < d.position)`;
}
