import { Field, ObjectType } from 'type-graphql';
import { UserErrorType } from '../shared/user-error.type.js';
import { InquiryType } from './inquiry.type.js';

const ERRORS = { description: 'Why it was refused; empty when it was not.' };

@ObjectType({ description: 'What registering an inquiry gave.' })
export class RegisterInquiryPayload {
  @Field(() => InquiryType, {
    nullable: true,
    description: 'The inquiry; null when it was refused, or you may not see it.',
  })
  inquiry!: InquiryType | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}
