import { Field, ID, ObjectType } from 'type-graphql';
import { AssignmentEnd } from '../../entities/distribution/assignment-end.enum.js';
import { InquiryChange } from '../../entities/distribution/inquiry-change.enum.js';
import { LiveEventType } from '../shared/live-event.type.js';
import { InquiryType } from './inquiry.type.js';

@ObjectType('InquiryChangedEvent', {
  implements: LiveEventType,
  simpleResolvers: true,
  description: 'That something about an inquiry is not as it was: what lists of inquiries are kept by.',
})
export class InquiryChangedEventType extends LiveEventType {
  @Field(() => InquiryChange, { nullable: true, description: 'What happened; null in a gap.' })
  kind!: InquiryChange | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The inquiry’s id, also where you may not see it any more; null in a gap.',
  })
  inquiryId!: string | null;

  @Field(() => InquiryType, {
    nullable: true,
    description:
      'The inquiry as you may see it now; null in a gap, and where you may not see it any more: it went to somebody else.',
  })
  inquiry!: InquiryType | null;

  @Field(() => AssignmentEnd, {
    nullable: true,
    description: 'Why its operator has it no more, where it was released; else null.',
  })
  end!: AssignmentEnd | null;
}
