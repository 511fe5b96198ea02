import { Field, ID, InputType } from 'type-graphql';
import { DEADLINE_NOTICE_LABELS, DeadlineNotice } from '../../entities/distribution/deadline-notice.enum.js';
import { INQUIRY_CHANGE_LABELS, InquiryChange } from '../../entities/distribution/inquiry-change.enum.js';
import type {
  InquiryChangeFilterInput,
  InquiryDeadlineFilterInput,
  InquiryFeedFilterInput,
} from '../../services/distribution/inquiry-feed.filter.js';
import { describeEnum } from '../shared/describe-enum.js';

describeEnum(InquiryChange, {
  name: 'InquiryChangeKind',
  description: 'What happened to an inquiry.',
  values: {
    REGISTERED: 'It came in; where it went to an operator at once, that follows.',
    ASSIGNED: 'It went to an operator.',
    MOVED: 'Somebody gave it to another operator.',
    RELEASED: 'It was taken from its operator, or given up by them, and waits again.',
    ACCEPTED: 'Its operator accepted it.',
    ANSWERED: 'It had its first answer.',
    CLOSED: 'It was closed.',
    REJECTED: 'It was rejected.',
    REOPENED: 'It is active again.',
    PRIORITY_CHANGED: 'It leaves the queue earlier or later than it would have.',
    SKILLS_CHANGED: 'It asks for other skills.',
    LEAD_CHANGED: 'It is of another lead, since two were found to be one.',
  },
  labels: INQUIRY_CHANGE_LABELS,
});

describeEnum(DeadlineNotice, {
  name: 'DeadlineNotice',
  description: 'What is told of the deadline of a first answer.',
  values: { WARNING: 'It is near, and there was no answer yet.', BREACH: 'It passed without an answer.' },
  labels: DEADLINE_NOTICE_LABELS,
});

@InputType({ description: 'Inquiries that went to operators; every field given must hold.' })
export class InquiryFeedFilter implements InquiryFeedFilterInput {
  @Field(() => ID, { nullable: true, description: 'This one alone.' })
  inquiryId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this lead.' })
  leadId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Through this source.' })
  sourceId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this operator.' })
  operatorId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of an operator of this group.' })
  groupId?: string | null;
}

@InputType({ description: 'Deadlines; every field given must hold.' })
export class InquiryDeadlineFilter extends InquiryFeedFilter implements InquiryDeadlineFilterInput {
  @Field(() => DeadlineNotice, { nullable: true, description: 'Only warnings, or only breaches.' })
  kind?: DeadlineNotice | null;
}

@InputType({ description: 'Changes of inquiries; every field given must hold.' })
export class InquiryChangeFilter implements InquiryChangeFilterInput {
  @Field(() => [InquiryChange], { nullable: true, description: 'Of these kinds.' })
  kinds?: InquiryChange[] | null;

  @Field(() => ID, { nullable: true, description: 'Of this inquiry alone.' })
  inquiryId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this lead, or that was until then.' })
  leadId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Through this source.' })
  sourceId?: string | null;

  @Field(() => ID, { nullable: true, description: 'That this operator has, or had until then.' })
  operatorId?: string | null;
}
