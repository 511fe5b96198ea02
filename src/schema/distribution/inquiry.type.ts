import { Field, ID, Int, ObjectType } from 'type-graphql';
import { ANSWER_STATE_LABELS, AnswerState } from '../../entities/distribution/answer-state.enum.js';
import { INQUIRY_STATUS_LABELS, InquiryStatus } from '../../entities/distribution/inquiry-status.enum.js';
import { WAITING_REASON_LABELS, WaitingReason } from '../../entities/distribution/waiting-reason.enum.js';
import { LONGEST_MESSAGE } from '../../services/shared/limits/longest-texts.js';
import { connectionOf } from '../shared/connection.type.js';
import { CountsForText } from '../shared/counts-for.js';
import { describeEnum } from '../shared/describe-enum.js';
import { NodeType } from '../shared/node.type.js';
import { Instant, PhoneNumber } from '../shared/scalars.js';

describeEnum(InquiryStatus, {
  name: 'InquiryStatus',
  description: 'What became of an inquiry; only active ones count towards an operator’s load.',
  values: {
    ACTIVE: 'It is worked on, or waits for an operator.',
    CLOSED: 'It is done.',
    REJECTED: 'It was none, such as an advertisement.',
  },
  labels: INQUIRY_STATUS_LABELS,
});

describeEnum(WaitingReason, {
  name: 'WaitingReason',
  description: 'Why an inquiry waits, looked at anew about every second: what came nearest to somebody free.',
  values: {
    NO_OPERATORS: 'Nobody takes inquiries of its source, or only with weight zero.',
    NOBODY_ACTIVE: 'No operator of the source is active.',
    NO_SKILLS: 'No operator of the source who is active has all skills that it asks for.',
    OUT_OF_HOURS: 'All operators of the source who could take it are out of their hours.',
    NOBODY_PRESENT: 'The source asks for presence, and nobody who could take it is present.',
    ALL_AT_LIMIT: 'All who could take it have as many inquiries as they may.',
    BEHIND_OTHERS: 'Others that came before it wait for the same operators.',
    HANDED_BACK: 'Its operator does not have it any more, and nobody else was looked for yet.',
  },
  labels: WAITING_REASON_LABELS,
});

describeEnum(AnswerState, {
  name: 'AnswerState',
  description: 'How an inquiry stands to the deadline of its first answer.',
  values: {
    NONE: 'There is no deadline, or the inquiry ended before it without an answer: none is owed any more.',
    PENDING: 'There is time.',
    AT_RISK: 'The deadline is near: it is time for the warning.',
    OVERDUE: 'The deadline has passed without an answer, and one is still owed.',
    IN_TIME: 'It was answered in time.',
    LATE: 'It was answered after the deadline, or ended after it without an answer.',
  },
  labels: ANSWER_STATE_LABELS,
});

@ObjectType('Inquiry', {
  simpleResolvers: true,
  implements: NodeType,
  description: 'One approach by a lead through one source.',
})
export class InquiryType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => InquiryStatus, { description: 'What became of it.' })
  status!: InquiryStatus;

  @Field(() => Int, {
    description:
      'The higher leaves the queue first; of one priority those that came in earlier, or were let pass longer ago.',
  })
  priority!: number;

  @Field(() => [String], { description: 'Skills that its operator must have, in lower case.' })
  skills!: string[];

  @Field(() => String, { nullable: true, description: 'What it said its lead is called by the source.' })
  externalId!: string | null;

  @Field(() => PhoneNumber, { nullable: true, description: 'The phone number that it gave, E.164.' })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: 'The e-mail address that it gave, in small letters.' })
  email!: string | null;

  @Field(() => String, { nullable: true, description: 'The name that it gave.' })
  name!: string | null;

  @Field(() => String, { description: 'What it is about; may be empty.' })
  @CountsForText(LONGEST_MESSAGE)
  message!: string;

  @Field(() => WaitingReason, { nullable: true, description: 'Why it waits; null when it does not.' })
  waitingReason!: WaitingReason | null;

  @Field(() => Instant, {
    nullable: true,
    description: 'Since when it waits; null when it does not. While it was only offered to somebody, it waited.',
  })
  waitingSince!: string | null;

  @Field(() => Instant, { nullable: true, description: 'When it went to the operator who has it, or had it last.' })
  assignedAt!: string | null;

  @Field(() => Instant, {
    nullable: true,
    description: 'Until when its operator accepts it before it moves on; null when nothing is to be accepted.',
  })
  acceptBy!: string | null;

  @Field(() => Int, {
    description: 'How often it moved on because an operator declined it or did not accept it in time.',
  })
  passes!: number;

  @Field(() => Instant, { nullable: true, description: 'The deadline of its first answer; null where there is none.' })
  answerDueAt!: string | null;

  @Field(() => Instant, {
    nullable: true,
    description: 'From when on that deadline is near, which is when it is warned of; null where it is not warned of.',
  })
  answerAtRiskAt!: string | null;

  @Field(() => AnswerState, { description: 'How it stands to that deadline now.' })
  answerState!: AnswerState;

  @Field(() => Instant, { nullable: true, description: 'When it had its first answer; null before.' })
  answeredAt!: string | null;

  @Field(() => Instant, { nullable: true, description: 'When it was closed or rejected; null while it is active.' })
  endedAt!: string | null;

  @Field(() => Instant, { description: 'When it came in.' })
  registeredAt!: string;
}

export const InquiryConnection = connectionOf(() => InquiryType, 'Inquiry', 'inquiries');
