import { Arg, Ctx, FieldResolver, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '../../context.js';
import { CallFeedEventType, CallFeedFilter } from '../../schema/calls/call-feed.type.js';
import { calls } from '../../services/calls/call.queries.js';
import { callFeedFilter } from '../../services/calls/call-feed.filter.js';
import { mayFollowCall } from '../../services/calls/call-feed.policy.js';
import { type CallRecorded, callRecorded } from '../../services/calls/calls.events.js';
import { followFeed, type StreamedEvent } from '../shared/follow-feed.js';

@Resolver(() => CallFeedEventType)
export class CallFeedResolver {
  @Subscription(() => CallFeedEventType, {
    description: 'Calls as they are recorded, from now on: those whose live feed you may see.',
    subscribe: ({ args, context }) => {
      const wanted = callFeedFilter((context as Context).actor, (args as { filter?: CallFeedFilter | null }).filter);
      return followFeed<CallRecorded>(
        context as Context,
        (event) => {
          const call = callRecorded(event);
          return call && wanted(call) ? call : undefined;
        },
        ({ actor }, call) => mayFollowCall(actor, call),
      ) as never;
    },
  })
  callFeed(
    @Root() event: StreamedEvent<CallRecorded>,
    @Arg('filter', () => CallFeedFilter, { nullable: true, description: 'Which; all that you may see when left out.' })
    _filter: CallFeedFilter | null,
  ): StreamedEvent<CallRecorded> {
    return event;
  }

  @FieldResolver()
  call(@Root() event: StreamedEvent<CallRecorded>, @Ctx() { reader }: Context) {
    return reader.byId(calls, event.data.callId);
  }
}
