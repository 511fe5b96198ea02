import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { WebhookDeliveryState } from '../../entities/integrations/webhook-delivery-state.enum.js';
import { WebhookEndpointState } from '../../entities/integrations/webhook-endpoint-state.enum.js';
import type { webhookDeliveries, webhookEndpoints } from '../../services/integrations/webhooks/webhook.queries.js';
import type { FilterOf, OrderFieldOf } from '../../services/shared/read/readable.js';
import { ConnectionArgs } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { OrderDirection } from '../shared/order-direction.enum.js';
import { Instant } from '../shared/scalars.js';

export enum WebhookEndpointOrderField {
  CREATED_AT = 'CREATED_AT',
}

describeEnum(WebhookEndpointOrderField, {
  name: 'WebhookEndpointOrderField',
  description: 'What webhook endpoints are ordered by.',
  values: { CREATED_AT: 'When they were made.' },
});

export enum WebhookDeliveryOrderField {
  CREATED_AT = 'CREATED_AT',
}

describeEnum(WebhookDeliveryOrderField, {
  name: 'WebhookDeliveryOrderField',
  description: 'What messages to webhook endpoints are ordered by.',
  values: { CREATED_AT: 'When they were taken from the event log.' },
});

@InputType({ description: 'Which webhook endpoints; every field given must hold.' })
export class WebhookEndpointFilter implements FilterOf<typeof webhookEndpoints> {
  @Field(() => WebhookEndpointState, { nullable: true, description: 'In this state.' })
  state?: WebhookEndpointState | null;

  @Field(() => String, { nullable: true, description: 'That get events of this kind.' })
  eventKind?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this partner’s key.' })
  partnerKeyId?: string | null;
}

@InputType({ description: 'How webhook endpoints are ordered.' })
export class WebhookEndpointOrder {
  @Field(() => WebhookEndpointOrderField, { description: 'By what.' })
  field!: OrderFieldOf<typeof webhookEndpoints>;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end first.' })
  direction!: OrderDirection;
}

/** The arguments of every list of webhook endpoints. */
@ArgsType()
export class WebhookEndpointListArgs extends ConnectionArgs {
  @Field(() => WebhookEndpointFilter, { nullable: true, description: 'Which; all when left out.' })
  filter?: WebhookEndpointFilter | null;

  @Field(() => WebhookEndpointOrder, { nullable: true, description: 'The oldest first when left out.' })
  orderBy?: WebhookEndpointOrder | null;
}

@InputType({ description: 'Which messages to webhook endpoints; every field given must hold.' })
export class WebhookDeliveryFilter implements FilterOf<typeof webhookDeliveries> {
  @Field(() => ID, { nullable: true, description: 'To this endpoint.' })
  endpointId?: string | null;

  @Field(() => WebhookDeliveryState, { nullable: true, description: 'In this state.' })
  state?: WebhookDeliveryState | null;

  @Field(() => String, { nullable: true, description: 'About events of this kind.' })
  kind?: string | null;

  @Field(() => String, { nullable: true, description: 'With this `webhook-id`.' })
  messageId?: string | null;

  @Field(() => ID, { nullable: true, description: 'About the object with this id.' })
  subjectId?: string | null;

  @Field(() => Instant, { nullable: true, description: 'Made at this instant or later.' })
  createdFrom?: Date | null;

  @Field(() => Instant, { nullable: true, description: 'Made before this instant.' })
  createdBefore?: Date | null;
}

@InputType({ description: 'How messages to webhook endpoints are ordered.' })
export class WebhookDeliveryOrder {
  @Field(() => WebhookDeliveryOrderField, { description: 'By what.' })
  field!: OrderFieldOf<typeof webhookDeliveries>;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.DESC, description: 'Which end first.' })
  direction!: OrderDirection;
}

/** The arguments of every list of messages to webhook endpoints. */
@ArgsType()
export class WebhookDeliveryListArgs extends ConnectionArgs {
  @Field(() => WebhookDeliveryFilter, { nullable: true, description: 'Which; all when left out.' })
  filter?: WebhookDeliveryFilter | null;

  @Field(() => WebhookDeliveryOrder, { nullable: true, description: 'The latest first when left out.' })
  orderBy?: WebhookDeliveryOrder | null;
}
