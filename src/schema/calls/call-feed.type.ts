import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { CallDirection } from '../../entities/calls/call-direction.enum.js';
import { CallStatus } from '../../entities/calls/call-status.enum.js';
import { LiveEventType } from '../shared/live-event.type.js';
import { CallType } from './call.type.js';

@InputType({ description: 'Which calls of the feed; every field given must hold.' })
export class CallFeedFilter {
  @Field(() => [CallStatus], { nullable: true, description: 'With one of these outcomes.' })
  statuses?: CallStatus[] | null;

  @Field(() => CallDirection, { nullable: true, description: 'In this direction.' })
  direction?: CallDirection | null;

  @Field(() => ID, { nullable: true, description: 'With this operator as caller, called, or target of a redirection.' })
  operatorId?: string | null;

  @Field(() => ID, { nullable: true, description: 'With an operator of this group.' })
  groupId?: string | null;

  @Field(() => ID, { nullable: true, description: 'With this customer as caller or called.' })
  customerId?: string | null;
}

@ObjectType('CallFeedEvent', {
  implements: LiveEventType,
  simpleResolvers: true,
  description: 'That a call was recorded.',
})
export class CallFeedEventType extends LiveEventType {
  @Field(() => CallType, {
    nullable: true,
    description: 'The call as you may see it; null in a gap, and where you may not see it.',
  })
  call!: CallType | null;
}
