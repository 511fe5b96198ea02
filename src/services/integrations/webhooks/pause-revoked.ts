import { sql } from 'kysely';
import { WebhookDeliveryState } from '../../../entities/integrations/webhook-delivery-state.enum.js';
import { WebhookEndpointState } from '../../../entities/integrations/webhook-endpoint-state.enum.js';
import type { SqlExecutor } from '../../shared/database/sql-executor.js';

const REASON = 'Its key was revoked.';

/**
 * Pauses the endpoints whose key was revoked, and cancels what waits for them, also what is under way. One that somebody
 * holds is left for the next time.
 */
export async function pauseRevoked(db: SqlExecutor, now: Date): Promise<void> {
  await db.rows(sql`
    with revoked as (
      select e.id from webhook_endpoint e join partner_key k on k.id = e.partner_key_id
      where k.revoked_at is not null and e.removed_at is null and e.state_reason is distinct from ${REASON}
      for no key update of e skip locked),
    paused as (
      update webhook_endpoint e
      set state = ${WebhookEndpointState.PAUSED}, state_reason = ${REASON}, suspended_since = null, suspended_until = null
      from revoked where e.id = revoked.id)
    update webhook_delivery d
    set state = ${WebhookDeliveryState.CANCELLED}, reason = ${REASON}, next_attempt_at = null, locked_until = null,
      lease = null, ended_at = ${now}::timestamptz
    from revoked where d.endpoint_id = revoked.id and d.state = ${WebhookDeliveryState.PENDING}`);
}
