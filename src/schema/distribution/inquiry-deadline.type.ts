import { Field, ID, ObjectType } from 'type-graphql';
import { DeadlineNotice } from '../../entities/distribution/deadline-notice.enum.js';
import { LiveEventType } from '../shared/live-event.type.js';
import { Instant } from '../shared/scalars.js';
import { InquiryType } from './inquiry.type.js';

@ObjectType('InquiryDeadlineEvent', {
  implements: LiveEventType,
  simpleResolvers: true,
  description: 'That the first answer of an inquiry is nearly due, or overdue.',
})
export class InquiryDeadlineEventType extends LiveEventType {
  @Field(() => DeadlineNotice, { nullable: true, description: 'Which of both; null in a gap.' })
  kind!: DeadlineNotice | null;

  @Field(() => ID, { nullable: true, description: 'The inquiry’s id; null in a gap.' })
  inquiryId!: string | null;

  @Field(() => InquiryType, {
    nullable: true,
    description: 'The inquiry as you may see it now; null in a gap, and where you may not see it any more.',
  })
  inquiry!: InquiryType | null;

  @Field(() => Instant, { nullable: true, description: 'The deadline; null in a gap.' })
  answerDueAt!: string | null;
}
