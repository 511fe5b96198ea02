import { Field, ObjectType } from 'type-graphql';
import { UserErrorType } from '../shared/user-error.type.js';
import { WebFormType } from './web-form.type.js';

const FORM = { nullable: true, description: 'The web form as it is now; null when it was refused.' };
const ERRORS = { description: 'Why it was refused; empty when it was not.' };

@ObjectType({ description: 'What making a web form gave.' })
export class CreateWebFormPayload {
  @Field(() => WebFormType, FORM)
  webForm!: object | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What changing a web form gave.' })
export class ChangeWebFormPayload {
  @Field(() => WebFormType, FORM)
  webForm!: object | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What removing a web form gave.' })
export class RemoveWebFormPayload {
  @Field(() => WebFormType, FORM)
  webForm!: object | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}
