import { Field, Int, ObjectType } from 'type-graphql';
import { describeEnum } from '../shared/describe-enum.js';
import { UserErrorType } from '../shared/user-error.type.js';
import { OperatorType } from './operator.type.js';
import { InvitationType } from './session.payloads.js';

const ERRORS = { description: 'Why it was refused; empty when it was not.' };
const RELEASED = 'How many inquiries they had open that wait again; null when it was refused.';

export enum RegisterOperatorOutcome {
  CREATED = 'CREATED',
  UPDATED = 'UPDATED',
  UNCHANGED = 'UNCHANGED',
}

describeEnum(RegisterOperatorOutcome, {
  name: 'RegisterOperatorOutcome',
  description: 'What registering an operator did.',
  values: {
    CREATED: 'They were not known as an operator, or had been removed and are back.',
    UPDATED: 'They were known, and something of them is otherwise now.',
    UNCHANGED: 'They were known, exactly so; nothing was changed.',
  },
});

@ObjectType({ description: 'What registering an operator gave.' })
export class RegisterOperatorPayload {
  @Field(() => OperatorType, { nullable: true, description: 'The operator; null when it was refused.' })
  operator!: object | null;

  @Field(() => RegisterOperatorOutcome, { nullable: true, description: 'What it did; null when it was refused.' })
  outcome!: RegisterOperatorOutcome | null;

  @Field(() => InvitationType, {
    nullable: true,
    description:
      'By which they set a password; null where one was open already, which `renewInvitation` replaces, or they have a password.',
  })
  invitation!: InvitationType | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What changing an operator gave.' })
export class ChangeOperatorPayload {
  @Field(() => OperatorType, { nullable: true, description: 'The operator as they are now; null when it was refused.' })
  operator!: object | null;

  @Field(() => Int, { nullable: true, description: RELEASED })
  releasedInquiries!: number | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What changing an operator’s limit gave.' })
export class ChangeOperatorLimitPayload {
  @Field(() => OperatorType, { nullable: true, description: 'The operator as they are now; null when it was refused.' })
  operator!: object | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What removing an operator gave.' })
export class RemoveOperatorPayload {
  @Field(() => OperatorType, { nullable: true, description: 'The operator, removed; null when it was refused.' })
  operator!: object | null;

  @Field(() => Int, { nullable: true, description: RELEASED })
  releasedInquiries!: number | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}
