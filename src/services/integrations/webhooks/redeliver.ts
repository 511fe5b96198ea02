import { sql } from 'kysely';
import { WebhookDeliveryState } from '../../../entities/integrations/webhook-delivery-state.enum.js';
import type { Work } from '../../shared/database/work.js';
import { ErrorCode } from '../../shared/errors/error-code.js';
import { refuse } from '../../shared/errors/refusal.js';
import { encodeId, keyOf } from '../../shared/ids/global-id.js';
import { holdEndpoint, refuseRevoked } from './hold-endpoint.js';

/** Which message is to be sent again. */
export interface RedeliverWebhook {
  readonly deliveryId: string;
}

/**
 * Has a message sent again, with its id; one that waits is tried at once.
 *
 * @returns the delivery's key
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, STATE_NOT_ALLOWED where the endpoint's key was revoked
 */
export async function redeliverWebhook(work: Work, input: RedeliverWebhook): Promise<string> {
  const path = ['input', 'deliveryId'];
  const id = keyOf('WebhookDelivery', input.deliveryId, path);
  const unknown = refuse(ErrorCode.NOT_FOUND, 'There is no such delivery.', path);
  const [delivery] = await work.rows(sql<{ endpoint_id: string }>`
    select endpoint_id from webhook_delivery where id = ${id}`);
  if (!delivery) throw unknown;
  const globalId = encodeId('WebhookEndpoint', delivery.endpoint_id);
  const endpoint = await holdEndpoint(work, globalId, path).catch((error: unknown) => {
    throw (error as { code?: unknown }).code === ErrorCode.NOT_FOUND ? unknown : error;
  });
  refuseRevoked(endpoint, path);
  await work.rows(sql`
    update webhook_delivery set state = ${WebhookDeliveryState.PENDING}, reason = null, ended_at = null,
      attempt_count = case when state = ${WebhookDeliveryState.PENDING} then attempt_count else 0 end,
      next_attempt_at = ${work.now}::timestamptz
    where id = ${id}`);
  return id;
}
