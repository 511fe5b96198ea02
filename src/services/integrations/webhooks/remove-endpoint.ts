import { sql } from 'kysely';
import { WebhookDeliveryState } from '../../../entities/integrations/webhook-delivery-state.enum.js';
import type { Work } from '../../shared/database/work.js';
import { encodeId } from '../../shared/ids/global-id.js';
import { holdEndpoint } from './hold-endpoint.js';
import { endpointRemoved } from './webhooks.events.js';

/** Which endpoint is to be removed. */
export interface RemoveWebhookEndpoint {
  readonly endpointId: string;
}

/**
 * Removes an endpoint for good, with its secrets and its log; what waits for it is not sent any more.
 *
 * @returns its global id
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND
 */
export async function removeWebhookEndpoint(work: Work, input: RemoveWebhookEndpoint): Promise<string> {
  const { id, url, kinds, description } = await holdEndpoint(work, input.endpointId, ['input', 'endpointId']);
  await work.rows(sql`
    update webhook_endpoint set removed_at = ${work.now}::timestamptz, secret = '', previous_secret = null where id = ${id}`);
  await work.rows(sql`
    update webhook_delivery set state = ${WebhookDeliveryState.CANCELLED}, reason = 'The endpoint was removed.',
      next_attempt_at = null, locked_until = null, lease = null, ended_at = ${work.now}::timestamptz
    where endpoint_id = ${id} and state = ${WebhookDeliveryState.PENDING}`);
  await work.record([endpointRemoved(id, { url, eventKinds: kinds, description })]);
  return encodeId('WebhookEndpoint', id);
}
