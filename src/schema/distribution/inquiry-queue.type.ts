import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { LiveEventType } from '../shared/live-event.type.js';
import { SourceType } from './source.type.js';
import { SourceQueueType } from './source-queue.type.js';

@InputType({ description: 'Which queues; every field given must hold.' })
export class InquiryQueueFilter {
  @Field(() => ID, { nullable: true, description: 'That of this source.' })
  sourceId?: string | null;
}

@ObjectType('InquiryQueueEvent', {
  implements: LiveEventType,
  simpleResolvers: true,
  description: 'That the queue of a source is longer or shorter than it was, or another inquiry waits longest.',
})
export class InquiryQueueEventType extends LiveEventType {
  @Field(() => SourceType, { nullable: true, description: 'The source; null in a gap.' })
  source!: SourceType | null;

  @Field(() => SourceQueueType, { nullable: true, description: 'Its queue as it was then; null in a gap.' })
  queue!: SourceQueueType | null;
}
