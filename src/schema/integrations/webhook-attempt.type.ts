import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../shared/connection.type.js';
import { NodeType } from '../shared/node.type.js';
import { Instant } from '../shared/scalars.js';

@ObjectType('WebhookAttempt', {
  simpleResolvers: true,
  implements: NodeType,
  description: 'One request to a webhook endpoint, and what came of it.',
})
export class WebhookAttemptType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => Instant, { description: 'When it was begun.' })
  startedAt!: string;

  @Field(() => Float, { description: 'How long it took, in seconds with milliseconds.' })
  durationSeconds!: number;

  @Field(() => Int, { nullable: true, description: 'The HTTP status; null where there was no answer.' })
  status!: number | null;

  @Field(() => String, { nullable: true, description: 'Why it failed; null for one that did not.' })
  error!: string | null;

  @Field(() => String, { nullable: true, description: 'The beginning of the receiver’s answer, as one line.' })
  excerpt!: string | null;
}

export const WebhookAttemptConnection = connectionOf(() => WebhookAttemptType, 'WebhookAttempt', 'webhook attempts');
