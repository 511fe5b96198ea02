import { Arg, FieldResolver, Resolver, Root, Subscription } from 'type-graphql';
import { CallFeedEventType, CallFeedFilter } from '../../schema/calls/call-feed.type.js';
import { calls } from '../../services/calls/call.queries.js';
import { callFeedFilter } from '../../services/calls/call-feed.filter.js';
import { mayFollowCall } from '../../services/calls/call-feed.policy.js';
import { type CallRecorded, callRecordedOf } from '../../services/calls/calls.events.js';
import { parent } from '../../services/shared/read/reads/to-one.js';
import { Declares } from '../shared/declares.js';
import { After } from '../shared/live/after.js';
import { Follows, subscribe } from '../shared/live/follows.js';
import type { LiveRow } from '../shared/live/live-row.js';

@Resolver(() => CallFeedEventType)
export class CallFeedResolver {
  @Subscription(() => CallFeedEventType, {
    description: 'Calls as they are recorded: those whose live feed you may see.',
    subscribe,
  })
  @Follows<CallRecorded, { filter?: CallFeedFilter | null }>({
    columns: { callId: 'bigint' },
    read: callRecordedOf,
    wanted: (actor, { filter }) => callFeedFilter(actor, filter),
    allowed: mayFollowCall,
  })
  callFeed(
    @Root() event: LiveRow,
    @Arg('filter', () => CallFeedFilter, { nullable: true, description: 'Which; all that you may see when left out.' })
    _filter: CallFeedFilter | null,
    @After() _after: string | null,
  ): LiveRow {
    return event;
  }

  @FieldResolver()
  @Declares()
  call() {
    return parent(calls, 'callId');
  }
}
