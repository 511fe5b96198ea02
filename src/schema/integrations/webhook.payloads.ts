import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Instant } from '../shared/scalars.js';
import { UserErrorType } from '../shared/user-error.type.js';
import { WebhookDeliveryType } from './webhook-delivery.type.js';
import { WebhookEndpointType } from './webhook-endpoint.type.js';

const SECRET = 'What messages are signed with, as Standard Webhooks’ libraries take it; shown here and never again.';

@ObjectType({ description: 'What making a webhook endpoint gave.' })
export class CreateWebhookEndpointPayload {
  @Field(() => WebhookEndpointType, { nullable: true, description: 'The endpoint; null when it was refused.' })
  endpoint!: object | null;

  @Field(() => String, { nullable: true, description: SECRET })
  secret!: string | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What changing a webhook endpoint gave.' })
export class ChangeWebhookEndpointPayload {
  @Field(() => WebhookEndpointType, {
    nullable: true,
    description: 'The endpoint as it is now; null when it was refused.',
  })
  endpoint!: object | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What removing a webhook endpoint gave.' })
export class RemoveWebhookEndpointPayload {
  @Field(() => ID, { nullable: true, description: 'The id of what was removed; null when it was refused.' })
  removedId!: string | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What rotating a webhook endpoint’s secret gave.' })
export class RotateWebhookSecretPayload {
  @Field(() => WebhookEndpointType, { nullable: true, description: 'The endpoint; null when it was refused.' })
  endpoint!: object | null;

  @Field(() => String, { nullable: true, description: SECRET })
  secret!: string | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  errors!: UserErrorType[];
}

@ObjectType('WebhookTest', {
  simpleResolvers: true,
  description: 'What came of a message that was sent to try an endpoint.',
})
export class WebhookTestType {
  @Field(() => Boolean, { description: 'Whether the receiver took it.' })
  delivered!: boolean;

  @Field(() => Instant, { description: 'When it was begun.' })
  startedAt!: Date;

  @Field(() => Float, { description: 'How long it took, in seconds with milliseconds.' })
  durationSeconds!: number;

  @Field(() => Int, { nullable: true, description: 'The HTTP status; null where there was no answer.' })
  status!: number | null;

  @Field(() => String, { nullable: true, description: 'Why it failed; null when it was taken.' })
  error!: string | null;

  @Field(() => String, { nullable: true, description: 'The beginning of the receiver’s answer, as one line.' })
  excerpt!: string | null;
}

@ObjectType({ description: 'What trying a webhook endpoint gave.' })
export class TestWebhookEndpointPayload {
  @Field(() => WebhookTestType, { nullable: true, description: 'What came of it; null when it was refused.' })
  test!: WebhookTestType | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What asking for a message again gave.' })
export class RedeliverWebhookPayload {
  @Field(() => WebhookDeliveryType, {
    nullable: true,
    description: 'The delivery, which waits again; null when refused.',
  })
  delivery!: object | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What asking for events again gave.' })
export class ReplayWebhooksPayload {
  @Field(() => WebhookEndpointType, { nullable: true, description: 'The endpoint; null when it was refused.' })
  endpoint!: object | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  errors!: UserErrorType[];
}
