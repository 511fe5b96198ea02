import { Field, ID, InputType, Int } from 'type-graphql';
import { InquiryStatus } from '../../entities/distribution/inquiry-status.enum.js';
import type { AcceptInquiryInput as AcceptInquiry } from '../../services/distribution/accept-inquiry.js';
import type { AnswerInquiryInput as AnswerInquiry } from '../../services/distribution/answer-inquiry.js';
import type { AssignInquiryInput as AssignInquiry } from '../../services/distribution/assign-inquiry.js';
import type { ChangeInquiryPriorityInput as ChangeInquiryPriority } from '../../services/distribution/change-inquiry-priority.js';
import type { ChangeInquirySkillsInput as ChangeInquirySkills } from '../../services/distribution/change-inquiry-skills.js';
import type { ChangeInquiryStatusInput as ChangeInquiryStatus } from '../../services/distribution/change-inquiry-status.js';
import type { DeclineInquiryInput as DeclineInquiry } from '../../services/distribution/decline-inquiry.js';
import type { ReturnInquiryInput as ReturnInquiry } from '../../services/distribution/return-inquiry.js';

const WHICH = { description: 'Which inquiry.' };

@InputType({ description: 'What is to become of which inquiry.' })
export class ChangeInquiryStatusInput implements ChangeInquiryStatus {
  @Field(() => ID, WHICH)
  inquiryId!: string;

  @Field(() => InquiryStatus, {
    description:
      'CLOSED and REJECTED end it and free its operator; ACTIVE puts it back into the queue, unless its source was removed. A deadline that has passed meanwhile is told of no more.',
  })
  status!: InquiryStatus;
}

@InputType({ description: 'Which inquiry is to go to whom.' })
export class AssignInquiryInput implements AssignInquiry {
  @Field(() => ID, WHICH)
  inquiryId!: string;

  @Field(() => ID, { description: 'The operator who is to have it; their limit binds, and they must be active.' })
  operatorId!: string;
}

@InputType({ description: 'Which inquiry is to go back into the queue.' })
export class ReturnInquiryInput implements ReturnInquiry {
  @Field(() => ID, WHICH)
  inquiryId!: string;
}

@InputType({ description: 'Which inquiry you accept.' })
export class AcceptInquiryInput implements AcceptInquiry {
  @Field(() => ID, WHICH)
  inquiryId!: string;
}

@InputType({ description: 'Which inquiry you decline.' })
export class DeclineInquiryInput implements DeclineInquiry {
  @Field(() => ID, WHICH)
  inquiryId!: string;
}

@InputType({ description: 'Which inquiry has had its first answer.' })
export class AnswerInquiryInput implements AnswerInquiry {
  @Field(() => ID, WHICH)
  inquiryId!: string;
}

@InputType({ description: 'How urgent which inquiry is.' })
export class ChangeInquiryPriorityInput implements ChangeInquiryPriority {
  @Field(() => ID, WHICH)
  inquiryId!: string;

  @Field(() => Int, { description: 'From -100 to 100: those of a higher one leave the queue first.' })
  priority!: number;
}

@InputType({ description: 'What skills which inquiry is to ask for.' })
export class ChangeInquirySkillsInput implements ChangeInquirySkills {
  @Field(() => ID, WHICH)
  inquiryId!: string;

  @Field(() => [String], {
    description:
      'All of them, in place of those that it asked for; at most 20 of 50 characters each, the same whatever their case.',
  })
  skills!: string[];
}
