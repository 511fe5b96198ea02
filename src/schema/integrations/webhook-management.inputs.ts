import { Field, ID, InputType } from 'type-graphql';
import type { ChangeWebhookEndpoint } from '../../services/integrations/webhooks/change-endpoint.js';
import type { CreateWebhookEndpoint } from '../../services/integrations/webhooks/create-endpoint.js';
import type { RedeliverWebhook } from '../../services/integrations/webhooks/redeliver.js';
import type { RemoveWebhookEndpoint } from '../../services/integrations/webhooks/remove-endpoint.js';
import type { ReplayWebhooks } from '../../services/integrations/webhooks/replay.js';
import type { RotateWebhookSecret } from '../../services/integrations/webhooks/rotate-secret.js';
import type { TestWebhookEndpoint } from '../../services/integrations/webhooks/test-endpoint.js';
import { CursorScalar } from '../shared/cursor.scalar.js';

const URL_RULE =
  'https, without a user name, to a public address; others, and http, only where the setting WEBHOOK_ALLOW_PRIVATE says so.';
const KINDS_RULE = 'of those that `webhookEventKinds` names; whose endpoint it is must be allowed to read them.';

@InputType({ description: 'A webhook endpoint to be made.' })
export class CreateWebhookEndpointInput implements CreateWebhookEndpoint {
  @Field(() => String, { description: `Where events are to be sent: ${URL_RULE}` })
  url!: string;

  @Field(() => [String], { description: `Which kinds of events, ${KINDS_RULE}` })
  eventKinds!: string[];

  @Field(() => String, { nullable: true, description: 'What it is for, at most 500 characters.' })
  description?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The partner’s key whose it is to be; your own when a partner asks, else the organisation’s, when left out.',
  })
  partnerKeyId?: string | null;

  @Field(() => String, {
    description: 'A repeat with the same key and input changes nothing and shows the same secret.',
  })
  idempotencyKey!: string;
}

@InputType({ description: 'What to change of a webhook endpoint; what is left out stays.' })
export class ChangeWebhookEndpointInput implements ChangeWebhookEndpoint {
  @Field(() => ID, { description: 'Which endpoint.' })
  endpointId!: string;

  @Field(() => String, {
    nullable: true,
    description: `Where events are to be sent, also those that wait: ${URL_RULE}`,
  })
  url?: string | null;

  @Field(() => [String], { nullable: true, description: `Which kinds of events from now on, ${KINDS_RULE}` })
  eventKinds?: string[] | null;

  @Field(() => String, { nullable: true, description: 'What it is for; empty for nothing.' })
  description?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True pauses it; false resumes it, also one that is SUSPENDED, and sends what waits at once.',
  })
  paused?: boolean | null;
}

@InputType({ description: 'A webhook endpoint to be removed.' })
export class RemoveWebhookEndpointInput implements RemoveWebhookEndpoint {
  @Field(() => ID, { description: 'Which endpoint.' })
  endpointId!: string;
}

@InputType({ description: 'A webhook endpoint to get another secret.' })
export class RotateWebhookSecretInput implements RotateWebhookSecret {
  @Field(() => ID, { description: 'Which endpoint.' })
  endpointId!: string;

  @Field(() => String, {
    description: 'A repeat with the same key and input changes nothing and shows the same secret.',
  })
  idempotencyKey!: string;
}

@InputType({ description: 'A webhook endpoint to be tried.' })
export class TestWebhookEndpointInput implements TestWebhookEndpoint {
  @Field(() => ID, { description: 'Which endpoint, in whatever state it is.' })
  endpointId!: string;
}

@InputType({ description: 'A message to be sent again.' })
export class RedeliverWebhookInput implements RedeliverWebhook {
  @Field(() => ID, { description: 'Which delivery.' })
  deliveryId!: string;
}

@InputType({ description: 'From where a webhook endpoint is to get its events again.' })
export class ReplayWebhooksInput implements ReplayWebhooks {
  @Field(() => ID, { description: 'Which endpoint.' })
  endpointId!: string;

  @Field(() => CursorScalar, {
    description: 'The `cursor` of a message, or of a subscription’s: all events behind it are sent.',
  })
  after!: string;
}
