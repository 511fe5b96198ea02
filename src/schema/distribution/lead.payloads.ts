import { Field, ObjectType } from 'type-graphql';
import { UserErrorType } from '../shared/user-error.type.js';
import { LeadDuplicateType, LeadType } from './lead.type.js';

const ERRORS = { description: 'Why it was refused; empty when it was not.' };

@ObjectType({ description: 'What changing a lead gave.' })
export class ChangeLeadPayload {
  @Field(() => LeadType, { nullable: true, description: 'The lead as it is now; null when it was refused.' })
  lead!: object | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What merging two leads gave.' })
export class MergeLeadsPayload {
  @Field(() => LeadType, {
    nullable: true,
    description: 'The lead that stays, with all that both were known by; null when it was refused.',
  })
  lead!: object | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What dismissing a possible duplicate gave.' })
export class DismissLeadDuplicatePayload {
  @Field(() => LeadDuplicateType, {
    nullable: true,
    description: 'The possible duplicate as it is now; null when it was refused.',
  })
  duplicate!: object | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}
