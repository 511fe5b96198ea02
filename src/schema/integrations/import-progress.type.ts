import { Field, ObjectType } from 'type-graphql';
import { ImportJobType } from './import-job.type.js';

@ObjectType('ImportProgressEvent', { simpleResolvers: true, description: 'That an import went a step on.' })
export class ImportProgressEventType {
  @Field(() => String, { description: 'Its place in the event log; opaque.' })
  cursor!: string;

  @Field(() => ImportJobType, { nullable: true, description: 'The import as it is now.' })
  importJob!: ImportJobType | null;
}
