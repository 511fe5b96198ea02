import { Field, ID, ObjectType } from 'type-graphql';
import { AssignmentWay } from '../../entities/distribution/assignment-way.enum.js';
import { OperatorType } from '../identity/operator.type.js';
import { LiveEventType } from '../shared/live-event.type.js';
import { Instant } from '../shared/scalars.js';
import { InquiryType } from './inquiry.type.js';

@ObjectType('InquiryAssignedEvent', {
  implements: LiveEventType,
  simpleResolvers: true,
  description: 'That an inquiry went to an operator.',
})
export class InquiryAssignedEventType extends LiveEventType {
  @Field(() => ID, { nullable: true, description: 'The inquiry’s id; null in a gap.' })
  inquiryId!: string | null;

  @Field(() => InquiryType, {
    nullable: true,
    description: 'The inquiry as you may see it now; null in a gap, and where you may not see it any more.',
  })
  inquiry!: InquiryType | null;

  @Field(() => OperatorType, {
    nullable: true,
    description: 'Whom it went to; null in a gap, and where you may not see them.',
  })
  operator!: OperatorType | null;

  @Field(() => AssignmentWay, { nullable: true, description: 'How it came to them; null in a gap.' })
  way!: AssignmentWay | null;

  @Field(() => Instant, {
    nullable: true,
    description: 'Until when they accept it before it moves on; null where it is theirs at once, and in a gap.',
  })
  acceptBy!: string | null;
}
