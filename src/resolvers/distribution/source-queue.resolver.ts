import { FieldResolver, Resolver } from 'type-graphql';
import { SourceType } from '../../schema/distribution/source.type.js';
import { SourceQueueType } from '../../schema/distribution/source-queue.type.js';
import { sourceQueue } from '../../services/distribution/source-queue.queries.js';
import { totalsOf } from '../../services/shared/read/reads/totals.js';
import { Declares } from '../shared/declares.js';

/** The queue of a source as it is now, for those who begin to follow it. */
@Resolver(() => SourceType)
export class SourceQueueResolver {
  @FieldResolver(() => SourceQueueType, { description: 'Its inquiries that wait for an operator now.' })
  @Declares()
  queue() {
    return totalsOf(sourceQueue);
  }
}
