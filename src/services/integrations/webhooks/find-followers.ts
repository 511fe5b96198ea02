import { sql } from 'kysely';
import { WebhookDeliveryState } from '../../../entities/integrations/webhook-delivery-state.enum.js';
import { WebhookEndpointState } from '../../../entities/integrations/webhook-endpoint-state.enum.js';
import type { SqlExecutor } from '../../shared/database/sql-executor.js';
import type { FeedCursor } from '../../shared/events/feed-cursor.js';
import { IS_REACHED } from './is-reached.js';
import type { Owner } from './owner-rights.js';

/** An endpoint that follows the log, and where it stands. */
export interface Follower {
  readonly id: string;
  readonly log: string;
  readonly xid: bigint;
  readonly position: bigint;
  readonly kinds: readonly string[];
  readonly owner: Owner;
}

interface FollowerRow {
  id: string;
  log: string;
  xid: string;
  position: string;
  event_kinds: string[];
  partner_key_id: string | null;
  scopes: string[] | null;
  revoked: boolean;
}

/**
 * The endpoints that are behind a place of the log, or of another log; not those that are paused, have much waiting, or
 * whose key was revoked. What stands behind an endpoint's own place does not count: it is not sent before the place has
 * reached it.
 *
 * @param mostWaiting so many messages may wait for one endpoint, and a page of events more
 */
export async function findFollowers(db: SqlExecutor, end: FeedCursor, mostWaiting: number): Promise<Follower[]> {
  const rows = await db.rows(sql<FollowerRow>`
    select e.id, e.log, e.xid, e.position, e.event_kinds, e.partner_key_id, k.scopes, k.revoked_at is not null as revoked
    from webhook_endpoint e left join partner_key k on k.id = e.partner_key_id
    where e.removed_at is null and e.state <> ${WebhookEndpointState.PAUSED} and k.revoked_at is null
      and (e.log <> ${end.epoch}::uuid
        or (e.xid, e.position) < (${String(end.xid)}::bigint, ${String(end.position)}::bigint))
      and not exists (select from webhook_delivery d
        where d.endpoint_id = e.id and d.state = ${WebhookDeliveryState.PENDING} and ${IS_REACHED}
        offset ${mostWaiting - 1}::integer)
    order by e.id`);
  return rows.map(({ event_kinds, partner_key_id, scopes, revoked, xid, position, ...row }) => ({
    ...row,
    xid: BigInt(xid),
    position: BigInt(position),
    kinds: event_kinds,
    owner: partner_key_id === null ? null : { partnerKeyId: partner_key_id, scopes: scopes ?? [], revoked },
  }));
}
