import { sql } from 'kysely';
import { WebhookDeliveryState } from '../../../entities/integrations/webhook-delivery-state.enum.js';
import { WebhookEndpointState } from '../../../entities/integrations/webhook-endpoint-state.enum.js';
import { systemActor } from '../../shared/access/actor.js';
import type { Database } from '../../shared/database/database.js';
import type { Work } from '../../shared/database/work.js';
import { endpointMoved } from './webhooks.events.js';

const ACTOR = systemActor('webhooks');
const REASON = 'Its key was revoked.';

/** Endpoints `e` whose key was revoked, and that do not say so yet. */
const REVOKED = sql`webhook_endpoint e join partner_key k on k.id = e.partner_key_id
  where k.revoked_at is not null and e.removed_at is null and e.state_reason is distinct from ${REASON}`;

/**
 * Pauses the endpoints whose key was revoked, and cancels what waits for them, also what is under way. One that somebody
 * holds is left for the next time.
 *
 * It is asked for at each turn, and nearly always there are none: a transaction is begun only where there are.
 */
export async function pauseRevoked(database: Database): Promise<void> {
  const [found] = await database.rows(sql`select from ${REVOKED} limit 1`);
  if (found) await database.transact(ACTOR, pauseAll);
}

async function pauseAll(work: Work): Promise<void> {
  const paused = await work.rows(sql<{ id: string; state: WebhookEndpointState }>`
    with revoked as (select e.id, e.state from ${REVOKED} order by e.id for no key update of e skip locked),
    paused as (
      update webhook_endpoint e
      set state = ${WebhookEndpointState.PAUSED}, state_reason = ${REASON}, suspended_since = null, suspended_until = null
      from revoked where e.id = revoked.id),
    cancelled as (
      update webhook_delivery d
      set state = ${WebhookDeliveryState.CANCELLED}, reason = ${REASON}, next_attempt_at = null, locked_until = null,
        lease = null, ended_at = ${work.now}::timestamptz
      from revoked where d.endpoint_id = revoked.id and d.state = ${WebhookDeliveryState.PENDING})
    select id, state from revoked`);
  const moved = paused.filter(({ state }) => state !== WebhookEndpointState.PAUSED);
  await work.record(moved.map(({ id, state }) => endpointMoved(id, state, WebhookEndpointState.PAUSED)));
}
