import { Arg, FieldResolver, Resolver, Root, Subscription } from 'type-graphql';
import { InquiryDeadlineEventType } from '../../schema/distribution/inquiry-deadline.type.js';
import { InquiryDeadlineFilter } from '../../schema/distribution/inquiry-feed.inputs.js';
import { inquiries } from '../../services/distribution/inquiry.queries.js';
import { type InquiryDeadline, inquiryDeadlineOf } from '../../services/distribution/inquiry-feed.events.js';
import { inquiryDeadlineFilter } from '../../services/distribution/inquiry-feed.filter.js';
import { mayFollowInquiry } from '../../services/distribution/inquiry-feed.policy.js';
import { parent } from '../../services/shared/read/reads/to-one.js';
import { column, idOf } from '../../services/shared/read/reads/values.js';
import { Declares } from '../shared/declares.js';
import { After } from '../shared/live/after.js';
import { Follows, subscribe } from '../shared/live/follows.js';
import type { LiveRow } from '../shared/live/live-row.js';

@Resolver(() => InquiryDeadlineEventType)
export class InquiryDeadlineResolver {
  @Subscription(() => InquiryDeadlineEventType, {
    description:
      'Warnings before the deadline of a first answer, and breaches of it: for an operator of the inquiries that they have.',
    subscribe,
  })
  @Follows<InquiryDeadline, { filter?: InquiryDeadlineFilter | null }>({
    columns: { notice: 'text', inquiryId: 'bigint', answerDueAt: 'timestamptz' },
    read: inquiryDeadlineOf,
    wanted: (_actor, { filter }) => inquiryDeadlineFilter(filter),
    allowed: (actor, { operatorId }) => mayFollowInquiry(actor, operatorId),
  })
  inquiryDeadline(
    @Root() event: LiveRow,
    @Arg('filter', () => InquiryDeadlineFilter, {
      nullable: true,
      description: 'Which; all that you may see when left out.',
    })
    _filter: InquiryDeadlineFilter | null,
    @After() _after: string | null,
  ): LiveRow {
    return event;
  }

  @FieldResolver()
  @Declares()
  kind() {
    return column('notice');
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
