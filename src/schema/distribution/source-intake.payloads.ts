import { Field, ObjectType } from 'type-graphql';
import { UserErrorType } from '../shared/user-error.type.js';
import { SourceType } from './source.type.js';

const SOURCE = { nullable: true, description: 'The source; null when it was refused.' };
const ERRORS = { description: 'Why it was refused; empty when it was not.' };

@ObjectType({ description: 'What opening a source’s HTTP intake gave.' })
export class OpenSourceIntakePayload {
  @Field(() => SourceType, SOURCE)
  source!: object | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What requests are to be signed with, as Standard Webhooks’ libraries take it; shown here and never again.',
  })
  secret!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where on this server requests go, by POST: `/intake/…`. What they look like, docs/intake.md says.',
  })
  path!: string | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What closing a source’s HTTP intake gave.' })
export class CloseSourceIntakePayload {
  @Field(() => SourceType, SOURCE)
  source!: object | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}
