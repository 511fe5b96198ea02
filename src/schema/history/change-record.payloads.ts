import { Field, Int, ObjectType } from 'type-graphql';
import { UserErrorType } from '../shared/user-error.type.js';

@ObjectType({ description: 'What `eraseHistory` answers.' })
export class EraseHistoryPayload {
  @Field(() => Int, { nullable: true, description: 'How many records were emptied; null when it was refused.' })
  erasedRecords!: number | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  errors!: UserErrorType[];
}
