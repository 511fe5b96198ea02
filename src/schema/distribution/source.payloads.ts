import { Field, ID, ObjectType } from 'type-graphql';
import { UserErrorType } from '../shared/user-error.type.js';
import { SourceType, SourceWeightType } from './source.type.js';

const ERRORS = { description: 'Why it was refused; empty when it was not.' };

@ObjectType({ description: 'What making a source gave.' })
export class CreateSourcePayload {
  @Field(() => SourceType, { nullable: true, description: 'The source; null when it was refused.' })
  source!: object | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What changing a source gave.' })
export class ChangeSourcePayload {
  @Field(() => SourceType, { nullable: true, description: 'The source as it is now; null when it was refused.' })
  source!: object | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What removing a source gave.' })
export class RemoveSourcePayload {
  @Field(() => SourceType, {
    nullable: true,
    description: 'The source, which can still be read, with all that came through it; null when it was refused.',
  })
  source!: object | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What setting a weight gave.' })
export class SetSourceWeightPayload {
  @Field(() => SourceWeightType, { nullable: true, description: 'The weight; null when it was refused.' })
  weight!: object | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What taking an operator out of a source gave.' })
export class RemoveSourceOperatorPayload {
  @Field(() => SourceType, { nullable: true, description: 'The source as it is now; null when it was refused.' })
  source!: object | null;

  @Field(() => ID, { nullable: true, description: 'The id of the weight that is gone; null when it was refused.' })
  removedId!: string | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}
