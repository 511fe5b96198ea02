import { Field, ID, ObjectType } from 'type-graphql';
import { UserErrorType } from '../shared/user-error.type.js';
import { InquiryType } from './inquiry.type.js';

const INQUIRY = {
  nullable: true,
  description: 'The inquiry as it is then; null when it was refused, or you may not see it any more.',
};
const ERRORS = { description: 'Why it was refused; empty when it was not.' };

@ObjectType({ description: 'What registering an inquiry gave.' })
export class RegisterInquiryPayload {
  @Field(() => InquiryType, {
    nullable: true,
    description: 'The inquiry; null when it was refused, or you may not see it.',
  })
  inquiry!: InquiryType | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Global id of the inquiry, also where you may not see it: that it is there says that it is registered. Null when it was refused.',
  })
  inquiryId!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether it had been registered before, by the same idempotency key, so that nothing was done now. Null when it was refused.',
  })
  repeated!: boolean | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What closing, rejecting or reopening an inquiry gave.' })
export class ChangeInquiryStatusPayload {
  @Field(() => InquiryType, INQUIRY)
  inquiry!: InquiryType | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What giving an inquiry to an operator gave.' })
export class AssignInquiryPayload {
  @Field(() => InquiryType, INQUIRY)
  inquiry!: InquiryType | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What putting an inquiry back into the queue gave.' })
export class ReturnInquiryPayload {
  @Field(() => InquiryType, INQUIRY)
  inquiry!: InquiryType | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What accepting an inquiry gave.' })
export class AcceptInquiryPayload {
  @Field(() => InquiryType, INQUIRY)
  inquiry!: InquiryType | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What declining an inquiry gave.' })
export class DeclineInquiryPayload {
  @Field(() => InquiryType, INQUIRY)
  inquiry!: InquiryType | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What saying that an inquiry was answered gave.' })
export class AnswerInquiryPayload {
  @Field(() => InquiryType, INQUIRY)
  inquiry!: InquiryType | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What changing the priority of an inquiry gave.' })
export class ChangeInquiryPriorityPayload {
  @Field(() => InquiryType, INQUIRY)
  inquiry!: InquiryType | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What changing the skills of an inquiry gave.' })
export class ChangeInquirySkillsPayload {
  @Field(() => InquiryType, INQUIRY)
  inquiry!: InquiryType | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}
