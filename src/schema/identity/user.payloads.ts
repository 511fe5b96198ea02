import { Field, ObjectType } from 'type-graphql';
import { UserErrorType } from '../shared/user-error.type.js';
import { UserType } from './user.type.js';

@ObjectType({ description: 'What saying whether you can be reached gave.' })
export class SetPresencePayload {
  @Field(() => UserType, { nullable: true, description: 'You, as you are now; null when it was refused.' })
  user!: object | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  errors!: UserErrorType[];
}
