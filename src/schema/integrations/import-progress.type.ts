import { Field, ObjectType } from 'type-graphql';
import { LiveEventType } from '../shared/live-event.type.js';
import { ImportJobType } from './import-job.type.js';

@ObjectType('ImportProgressEvent', {
  implements: LiveEventType,
  simpleResolvers: true,
  description: 'That an import went a step on.',
})
export class ImportProgressEventType extends LiveEventType {
  @Field(() => ImportJobType, {
    nullable: true,
    description: 'The import as it is now; null in a gap, and where you may not see it.',
  })
  importJob!: ImportJobType | null;
}
