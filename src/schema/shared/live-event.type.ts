import { Field, InterfaceType, ObjectType } from 'type-graphql';
import { CursorScalar } from './cursor.scalar.js';
import { GapReason } from './gap-reason.descriptions.js';

@ObjectType('FeedGap', {
  simpleResolvers: true,
  description: 'That events are missing: read the present state again, then go on from the message’s cursor.',
})
export class FeedGapType {
  @Field(() => GapReason, { description: 'Why they are missing.' })
  reason!: GapReason;

  @Field(() => String, { description: 'The same in words, and what to do.' })
  message!: string;
}

@InterfaceType('LiveEvent', {
  description: 'A message of a subscription: something that happened, or that events are missing (`gap`).',
})
export abstract class LiveEventType {
  @Field(() => CursorScalar, {
    description: 'Its place in the event log: hand it back as `after`, and nothing is lost and nothing comes twice.',
  })
  cursor!: string;

  @Field(() => FeedGapType, {
    nullable: true,
    description: 'Set where events are missing before this message, which then tells of nothing else; else null.',
  })
  gap!: FeedGapType | null;
}
