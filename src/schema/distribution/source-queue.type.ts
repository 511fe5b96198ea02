import { Field, Int, ObjectType } from 'type-graphql';
import { Instant } from '../shared/scalars.js';

@ObjectType('SourceQueue', {
  simpleResolvers: true,
  description: 'The inquiries of a source that wait for an operator.',
})
export class SourceQueueType {
  @Field(() => Int, { description: 'How many wait.' })
  length!: number;

  @Field(() => Instant, {
    nullable: true,
    description: 'Since when the one waits that has waited longest; null where none does.',
  })
  longestSince!: string | null;
}
