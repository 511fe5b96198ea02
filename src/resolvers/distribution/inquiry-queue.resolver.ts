import { Arg, FieldResolver, Resolver, Root, Subscription } from 'type-graphql';
import { InquiryQueueEventType, InquiryQueueFilter } from '../../schema/distribution/inquiry-queue.type.js';
import { mayFollowQueues } from '../../services/distribution/inquiry-feed.policy.js';
import { sources } from '../../services/distribution/source.queries.js';
import { type SourceQueueChanged, sourceQueueChangedOf } from '../../services/distribution/source-queue.events.js';
import { keyOf } from '../../services/shared/ids/global-id.js';
import { part } from '../../services/shared/read/reads/part.js';
import { parent } from '../../services/shared/read/reads/to-one.js';
import { Declares } from '../shared/declares.js';
import { After } from '../shared/live/after.js';
import { Follows, subscribe } from '../shared/live/follows.js';
import type { LiveRow } from '../shared/live/live-row.js';

@Resolver(() => InquiryQueueEventType)
export class InquiryQueueResolver {
  @Subscription(() => InquiryQueueEventType, {
    description: 'How long the queues of sources are, and since when somebody waits in them, as that changes.',
    subscribe,
  })
  @Follows<SourceQueueChanged, { filter?: InquiryQueueFilter | null }>({
    columns: { sourceId: 'bigint', length: 'integer', longestSince: 'timestamptz' },
    read: sourceQueueChangedOf,
    wanted: (_actor, { filter }) => {
      const id = filter?.sourceId;
      const key = id == null ? undefined : keyOf('Source', id, ['filter', 'sourceId']);
      return ({ sourceId }) => key === undefined || sourceId === key;
    },
    allowed: mayFollowQueues,
  })
  inquiryQueue(
    @Root() event: LiveRow,
    @Arg('filter', () => InquiryQueueFilter, {
      nullable: true,
      description: 'Which; those of all sources when left out.',
    })
    _filter: InquiryQueueFilter | null,
    @After() _after: string | null,
  ): LiveRow {
    return event;
  }

  @FieldResolver()
  @Declares()
  source() {
    return parent(sources, 'sourceId');
  }

  @FieldResolver()
  @Declares()
  queue() {
    return part<LiveRow>({ length: 'length', longestSince: 'longestSince' }, 'length');
  }
}
