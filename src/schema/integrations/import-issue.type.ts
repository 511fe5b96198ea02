import { Field, Int, ObjectType } from 'type-graphql';
import { ErrorCode } from '../../services/shared/errors/error-code.js';
import { connectionOf } from '../shared/connection.type.js';

@ObjectType('ImportIssue', {
  simpleResolvers: true,
  description: 'Why a row of a file was not taken in; a row may have several.',
})
export class ImportIssueType {
  @Field(() => Int, { description: 'The line of the file, from 1, the header counted.' })
  line!: number;

  @Field(() => String, {
    description: 'The column, as the file’s header names it; empty where it concerns the row as a whole.',
  })
  column!: string;

  @Field(() => ErrorCode, { description: 'For programs to act on.' })
  code!: ErrorCode;

  @Field(() => String, { description: 'For a person to read.' })
  message!: string;
}

export const ImportIssueConnection = connectionOf(() => ImportIssueType, 'ImportIssue', 'issues of an import');
