import { GapReason } from '../../../entities/shared/gap-reason.enum.js';
import type { FeedCursor } from '../events/feed-cursor.js';
import type { FeedPage } from '../events/feed-log.js';

export { GapReason };

/** Why events are missing behind a place that a page of the log was asked for; undefined where none are. */
export function gapOf({ epoch, reaches, knows }: Omit<FeedPage, 'events'>, at: FeedCursor): GapReason | undefined {
  if (epoch !== at.epoch) return GapReason.LOG_REPLACED;
  if (!reaches) return GapReason.LOG_DROPPED;
  return knows ? undefined : GapReason.LOG_REPLACED;
}
