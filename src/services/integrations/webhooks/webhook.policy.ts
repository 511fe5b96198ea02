import { sql } from 'kysely';
import { Permission } from '../../../entities/identity/permission.enum.js';
import { may, type OperationRules } from '../../shared/access/operation-rule.js';
import { OWN } from '../../shared/access/own.js';
import type { Rights } from '../../shared/access/rights.js';
import type { Visibility } from '../../shared/read/visibility.js';

const MANAGE = [Permission.WEBHOOKS_MANAGE];

/** Who may use the operations on webhooks (requirements, "Who may do what"): a partner's key on its own. */
export const WEBHOOK_OPERATIONS: OperationRules = {
  'Query.webhookEndpoint': MANAGE,
  'Query.webhookEndpoints': MANAGE,
  'Query.webhookDelivery': MANAGE,
  'Query.webhookDeliveries': MANAGE,
  'Query.webhookEventKinds': MANAGE,
  'Mutation.createWebhookEndpoint': MANAGE,
  'Mutation.changeWebhookEndpoint': MANAGE,
  'Mutation.removeWebhookEndpoint': MANAGE,
  'Mutation.rotateWebhookSecret': MANAGE,
  'Mutation.testWebhookEndpoint': MANAGE,
  'Mutation.redeliverWebhook': MANAGE,
  'Mutation.replayWebhooks': MANAGE,
};

const isTheirs = (rights: Rights, endpoint: string) => {
  const there = sql`${sql.ref(`${endpoint}.removed_at`)} is null`;
  return rights.kind === 'partner'
    ? sql`${sql.ref(`${endpoint}.partner_key_id`)} = ${OWN.partnerKeyId} and ${there}`
    : there;
};

/** Which endpoints an actor sees: who manages webhooks all, a partner's key its own. */
export function visibleWebhookEndpoints(rights: Rights): Visibility {
  return may(rights, Permission.WEBHOOKS_MANAGE) ? isTheirs(rights, 't') : 'none';
}

/** Which deliveries an actor sees: those to endpoints that they see. */
export function visibleWebhookDeliveries(rights: Rights): Visibility {
  if (!may(rights, Permission.WEBHOOKS_MANAGE)) return 'none';
  return sql`exists (select from webhook_endpoint e where e.id = t.endpoint_id and ${isTheirs(rights, 'e')})`;
}

/** Which attempts an actor sees: those of deliveries that they see. */
export function visibleWebhookAttempts(rights: Rights): Visibility {
  if (!may(rights, Permission.WEBHOOKS_MANAGE)) return 'none';
  return sql`exists (select from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id
    where d.id = t.delivery_id and ${isTheirs(rights, 'e')})`;
}
