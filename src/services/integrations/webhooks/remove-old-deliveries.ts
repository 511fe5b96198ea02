import { sql } from 'kysely';
import { WebhookDeliveryState } from '../../../entities/integrations/webhook-delivery-state.enum.js';
import { removeInBatches } from '../../shared/database/remove-in-batches.js';
import type { SqlExecutor } from '../../shared/database/sql-executor.js';

/** How long the log of deliveries reaches back, in milliseconds. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Removes deliveries that have ended and are older than 30 days, with their attempts, and all that is left of endpoints
 * that were removed.
 *
 * @returns how many deliveries
 */
export async function removeOldDeliveries(db: SqlExecutor, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_MS);
  const orphans = await removeInBatches(
    db,
    'webhook_delivery',
    sql`endpoint_id in (select e.id from webhook_endpoint e where e.removed_at is not null)`,
  );
  await db.rows(sql`
    delete from webhook_endpoint e
    where e.removed_at is not null and not exists (select from webhook_delivery d where d.endpoint_id = e.id)`);
  const ended = sql`created_at < ${before}::timestamptz and state <> ${WebhookDeliveryState.PENDING}`;
  return orphans + (await removeInBatches(db, 'webhook_delivery', ended));
}
