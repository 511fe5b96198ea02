import { Query, Resolver } from 'type-graphql';
import { CursorScalar } from '../../schema/shared/cursor.scalar.js';
import { feedPlace } from '../../services/shared/read/reads/feed-place.js';
import { Declares } from './declares.js';

@Resolver()
export class FeedCursorResolver {
  @Query(() => CursorScalar, {
    description:
      'The place in the event log before anything else of this operation was read. Ask for it beside the data of a screen, then subscribe with it as `after`: nothing is lost between the two, and what the data shows already may come once more.',
  })
  @Declares()
  feedCursor() {
    return feedPlace();
  }
}
