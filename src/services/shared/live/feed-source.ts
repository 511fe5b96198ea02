import type { FeedCursor } from '../events/feed-cursor.js';
import type { FeedPage } from '../events/feed-log.js';

/** Where a follower of the event log gets what is in it. */
export interface FeedSource {
  /** The place of the last event that could be had now. */
  end(): Promise<FeedCursor>;
  /** The events behind a place, in order; at most `limit` of them. */
  after(place: FeedCursor, limit: number): Promise<FeedPage>;
  /** Is told that nobody follows any more, until `end` is asked for again. */
  rest?(): void;
}
