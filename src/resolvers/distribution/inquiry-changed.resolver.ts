import { Arg, FieldResolver, Resolver, Root, Subscription } from 'type-graphql';
import { InquiryChangedEventType } from '../../schema/distribution/inquiry-changed.type.js';
import { InquiryChangeFilter } from '../../schema/distribution/inquiry-feed.inputs.js';
import { inquiries } from '../../services/distribution/inquiry.queries.js';
import { type InquiryChanged, inquiryChangedOf } from '../../services/distribution/inquiry-feed.events.js';
import { inquiryChangeFilter } from '../../services/distribution/inquiry-feed.filter.js';
import { mayFollowInquiry } from '../../services/distribution/inquiry-feed.policy.js';
import { parent } from '../../services/shared/read/reads/to-one.js';
import { column, idOf } from '../../services/shared/read/reads/values.js';
import { Declares } from '../shared/declares.js';
import { After } from '../shared/live/after.js';
import { Follows, subscribe } from '../shared/live/follows.js';
import type { LiveRow } from '../shared/live/live-row.js';

@Resolver(() => InquiryChangedEventType)
export class InquiryChangedResolver {
  @Subscription(() => InquiryChangedEventType, {
    description: 'What happens to inquiries: for an operator to those that they have, or had until then.',
    subscribe,
  })
  @Follows<InquiryChanged, { filter?: InquiryChangeFilter | null }>({
    columns: { change: 'text', inquiryId: 'bigint', end: 'text' },
    read: inquiryChangedOf,
    wanted: (actor, { filter }) => inquiryChangeFilter(actor, filter),
    allowed: (actor, { operatorId, previousOperatorId }) => mayFollowInquiry(actor, operatorId, previousOperatorId),
  })
  inquiryChanged(
    @Root() event: LiveRow,
    @Arg('filter', () => InquiryChangeFilter, {
      nullable: true,
      description: 'Which; all that you may see when left out.',
    })
    _filter: InquiryChangeFilter | null,
    @After() _after: string | null,
  ): LiveRow {
    return event;
  }

  @FieldResolver()
  @Declares()
  kind() {
    return column('change');
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
}
