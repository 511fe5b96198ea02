import { Field, ObjectType } from 'type-graphql';
import { UserErrorType } from '../shared/user-error.type.js';
import { ImportJobType } from './import-job.type.js';

@ObjectType({ description: 'What `importSubscribers` answers.' })
export class ImportSubscribersPayload {
  @Field(() => ImportJobType, { nullable: true, description: 'The import, waiting to begin; null when refused.' })
  importJob!: object | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What `importCalls` answers.' })
export class ImportCallsPayload {
  @Field(() => ImportJobType, { nullable: true, description: 'The import, waiting to begin; null when refused.' })
  importJob!: object | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  errors!: UserErrorType[];
}
