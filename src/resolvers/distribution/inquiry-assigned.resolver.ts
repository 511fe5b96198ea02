import { Arg, FieldResolver, Resolver, Root, Subscription } from 'type-graphql';
import { InquiryAssignedEventType } from '../../schema/distribution/inquiry-assigned.type.js';
import { InquiryFeedFilter } from '../../schema/distribution/inquiry-feed.inputs.js';
import { inquiries } from '../../services/distribution/inquiry.queries.js';
import { type InquiryAssigned, inquiryAssignedOf } from '../../services/distribution/inquiry-feed.events.js';
import { inquiryFeedFilter } from '../../services/distribution/inquiry-feed.filter.js';
import { mayFollowInquiry } from '../../services/distribution/inquiry-feed.policy.js';
import { operators } from '../../services/identity/operator.queries.js';
import { parent } from '../../services/shared/read/reads/to-one.js';
import { idOf } from '../../services/shared/read/reads/values.js';
import { Declares } from '../shared/declares.js';
import { After } from '../shared/live/after.js';
import { Follows, subscribe } from '../shared/live/follows.js';
import type { LiveRow } from '../shared/live/live-row.js';

@Resolver(() => InquiryAssignedEventType)
export class InquiryAssignedResolver {
  @Subscription(() => InquiryAssignedEventType, {
    description: 'Inquiries as they go to operators: for an operator those that go to them.',
    subscribe,
  })
  @Follows<InquiryAssigned, { filter?: InquiryFeedFilter | null }>({
    columns: { inquiryId: 'bigint', operatorId: 'bigint', way: 'text', acceptBy: 'timestamptz' },
    read: inquiryAssignedOf,
    wanted: (_actor, { filter }) => inquiryFeedFilter(filter),
    allowed: (actor, { operatorId }) => mayFollowInquiry(actor, operatorId),
  })
  inquiryAssigned(
    @Root() event: LiveRow,
    @Arg('filter', () => InquiryFeedFilter, {
      nullable: true,
      description: 'Which; all that you may see when left out.',
    })
    _filter: InquiryFeedFilter | null,
    @After() _after: string | null,
  ): LiveRow {
    return event;
  }

  @FieldResolver()
  @Declares()
  inquiryId() {
    return idOf('Inquiry', 'inquiryId');
  }

  @FieldResolver()
  @Declares()
  inquiry() {
    return parent(inquiries, 'inquiryId');
  }

  @FieldResolver()
  @Declares()
  operator() {
    return parent(operators, 'operatorId');
  }
}
