import { Field, ID, Int, ObjectType } from 'type-graphql';
import {
  WEBHOOK_ENDPOINT_STATE_LABELS,
  WebhookEndpointState,
} from '../../entities/integrations/webhook-endpoint-state.enum.js';
import { connectionOf } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { GapReason } from '../shared/gap-reason.descriptions.js';
import { NodeType } from '../shared/node.type.js';
import { Instant } from '../shared/scalars.js';

describeEnum(WebhookEndpointState, {
  name: 'WebhookEndpointState',
  description: 'Whether events are sent to a webhook endpoint.',
  values: {
    ACTIVE: 'They are.',
    PAUSED: 'They are not until somebody resumes it; they stay in the event log.',
    SUSPENDED:
      'Ten attempts in a row have failed: one is made from time to time, and the first that succeeds resumes it.',
  },
  labels: WEBHOOK_ENDPOINT_STATE_LABELS,
});

@ObjectType('WebhookEndpoint', {
  simpleResolvers: true,
  implements: NodeType,
  description: 'Where events are sent to as signed HTTP messages (Standard Webhooks).',
})
export class WebhookEndpointType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => String, { description: 'Where they are sent to, by POST.' })
  url!: string;

  @Field(() => String, { nullable: true, description: 'What it is for, in its owner’s words.' })
  description!: string | null;

  @Field(() => [String], { description: 'The kinds of events that it gets, such as `call.recorded`.' })
  eventKinds!: string[];

  @Field(() => WebhookEndpointState, { description: 'Whether events are sent to it.' })
  state!: WebhookEndpointState;

  @Field(() => String, { nullable: true, description: 'Why it is not active; null where somebody paused it, too.' })
  stateReason!: string | null;

  @Field(() => Int, { description: 'Attempts that failed since the last that did not.' })
  failures!: number;

  @Field(() => Instant, { nullable: true, description: 'Since when it is SUSPENDED; null otherwise.' })
  suspendedSince!: string | null;

  @Field(() => Instant, { nullable: true, description: 'When it is tried next while it is SUSPENDED; null otherwise.' })
  suspendedUntil!: string | null;

  @Field(() => Instant, {
    nullable: true,
    description:
      'Until when messages are signed with the secret before the last rotation too; null where there was none.',
  })
  previousSecretUntil!: string | null;

  @Field(() => Instant, {
    nullable: true,
    description: 'When events were lost to it last; it was sent a message `webhook.gap` then. Null where none were.',
  })
  gapAt!: string | null;

  @Field(() => GapReason, { nullable: true, description: 'Why they were lost; null where none were.' })
  gapReason!: GapReason | null;

  @Field(() => Instant, { description: 'When it was made.' })
  createdAt!: string;
}

export const WebhookEndpointConnection = connectionOf(
  () => WebhookEndpointType,
  'WebhookEndpoint',
  'webhook endpoints',
);
