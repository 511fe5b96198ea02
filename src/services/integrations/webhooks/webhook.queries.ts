import { sql } from 'kysely';
import { WebhookAttempt } from '../../../entities/integrations/webhook-attempt.entity.js';
import { WebhookDelivery } from '../../../entities/integrations/webhook-delivery.entity.js';
import type { WebhookDeliveryState } from '../../../entities/integrations/webhook-delivery-state.enum.js';
import { WebhookEndpoint } from '../../../entities/integrations/webhook-endpoint.entity.js';
import type { WebhookEndpointState } from '../../../entities/integrations/webhook-endpoint-state.enum.js';
import { refuseInput } from '../../shared/errors/refusal.js';
import { decodeId } from '../../shared/ids/global-id.js';
import { choice, filter, idFilter, instantFilter } from '../../shared/read/filter.js';
import { readable } from '../../shared/read/readable.js';
import { visibleWebhookAttempts, visibleWebhookDeliveries, visibleWebhookEndpoints } from './webhook.policy.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** How endpoints of webhooks are read. */
export const webhookEndpoints = readable({
  kind: 'WebhookEndpoint',
  entity: WebhookEndpoint,
  visible: visibleWebhookEndpoints,
  filters: {
    state: choice<WebhookEndpointState>((state) => sql`t.state = ${state}`),
    eventKind: filter<string>((kind) => sql`${kind}::text = any(t.event_kinds)`),
    partnerKeyId: idFilter('PartnerKey', (key) => sql`t.partner_key_id = ${key}`),
  },
  orders: { CREATED_AT: ['createdAt'] },
  defaultOrder: { field: 'CREATED_AT', direction: 'ASC' },
});

/** How the messages to endpoints are read. */
export const webhookDeliveries = readable({
  kind: 'WebhookDelivery',
  entity: WebhookDelivery,
  visible: visibleWebhookDeliveries,
  filters: {
    endpointId: idFilter('WebhookEndpoint', (key) => sql`t.endpoint_id = ${key}`),
    state: choice<WebhookDeliveryState>((state) => sql`t.state = ${state}`),
    kind: filter<string>((kind) => sql`t.kind = ${kind}`),
    messageId: filter<string>(
      (id) => sql`t.message_id = ${id}::uuid`,
      (id, _scope, path) => {
        if (!UUID.test(id)) throw refuseInput(path, 'This is not the id of a message.');
        return id;
      },
    ),
    subjectId: filter<string>(
      (subject) => sql`(t.subject_id = split_part(${subject}::text, ' ', 2)::bigint
        and t.subject_kind = split_part(${subject}::text, ' ', 1))`,
      (id, _scope, path) => {
        const decoded = decodeId(id);
        if (!decoded) throw refuseInput(path, 'This is not an id.');
        return `${decoded.kind} ${decoded.key}`;
      },
    ),
    createdFrom: instantFilter((from) => sql`t.created_at >= ${from}::timestamptz`),
    createdBefore: instantFilter((before) => sql`t.created_at < ${before}::timestamptz`),
  },
  orders: { CREATED_AT: ['createdAt'] },
  defaultOrder: { field: 'CREATED_AT', direction: 'DESC' },
});

/** How attempts at sending a message are read, in their order. */
export const webhookAttempts = readable({
  kind: 'WebhookAttempt',
  entity: WebhookAttempt,
  visible: visibleWebhookAttempts,
  filters: {},
  orders: { STARTED_AT: ['startedAt'] },
  defaultOrder: { field: 'STARTED_AT', direction: 'ASC' },
});
