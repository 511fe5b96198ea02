import { Field, ID, Int, ObjectType } from 'type-graphql';
import {
  WEBHOOK_DELIVERY_STATE_LABELS,
  WebhookDeliveryState,
} from '../../entities/integrations/webhook-delivery-state.enum.js';
import { connectionOf } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { NodeType } from '../shared/node.type.js';
import { Instant } from '../shared/scalars.js';

describeEnum(WebhookDeliveryState, {
  name: 'WebhookDeliveryState',
  description: 'How far a message is on its way to a webhook endpoint.',
  values: {
    PENDING: 'It waits: for its turn behind earlier ones of its subject, for its next attempt, or for the endpoint.',
    DELIVERED: 'The receiver has taken it.',
    FAILED: 'It was tried for about three days in vain, and is not tried again unless asked for.',
    CANCELLED: 'It was not sent, since it may not be any more; `reason` says why.',
  },
  labels: WEBHOOK_DELIVERY_STATE_LABELS,
});

@ObjectType('WebhookDelivery', {
  simpleResolvers: true,
  implements: NodeType,
  description: 'A message about an event on its way to a webhook endpoint; kept for 30 days.',
})
export class WebhookDeliveryType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => String, {
    description: 'What the message has in its header `webhook-id`, at every attempt: receivers tell a repeat by it.',
  })
  messageId!: string;

  @Field(() => String, { description: 'The kind of event, such as `call.recorded`.' })
  kind!: string;

  @Field(() => ID, { description: 'The global id of what the event is about.' })
  subjectId!: string;

  @Field(() => Instant, { description: 'When it happened.' })
  recordedAt!: string;

  @Field(() => WebhookDeliveryState, { description: 'How far it is.' })
  state!: WebhookDeliveryState;

  @Field(() => String, { nullable: true, description: 'Why it FAILED or was CANCELLED; null otherwise.' })
  reason!: string | null;

  @Field(() => Int, { description: 'Attempts begun since it was made, or asked for again.' })
  attemptCount!: number;

  @Field(() => Instant, {
    nullable: true,
    description: 'When it is tried next at the earliest; null when it has ended.',
  })
  nextAttemptAt!: string | null;

  @Field(() => Instant, { description: 'When it was taken from the event log.' })
  createdAt!: string;

  @Field(() => Instant, { nullable: true, description: 'When it ended; null while it waits.' })
  endedAt!: string | null;
}

export const WebhookDeliveryConnection = connectionOf(
  () => WebhookDeliveryType,
  'WebhookDelivery',
  'messages to webhook endpoints',
);
