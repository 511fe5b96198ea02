import { encodeFeedCursor, type FeedCursor } from '../../../services/shared/events/feed-cursor.js';
import type { GapReason } from '../../../services/shared/live/gap-reason.js';

/** What the fields of a subscription's message are read from: an event's properties by name, or a gap alone. */
export interface LiveRow {
  readonly cursor: string;
  readonly gapReason: GapReason | null;
  readonly gapMessage: string | null;
  readonly [property: string]: unknown;
}

const WORDS: Readonly<Record<GapReason, string>> = {
  LOG_DROPPED:
    'Events before this place are older than what is kept. Read the present state again, then go on from here.',
  LOG_REPLACED: 'The event log is another one since a restore. Read the present state again, then go on from here.',
};

/** The row of an event. */
export function eventRow(cursor: string, data: object): LiveRow {
  return { ...data, cursor, gapReason: null, gapMessage: null };
}

/** The row that tells of missing events; the log goes on from `from`. */
export function gapRow(reason: GapReason, from: FeedCursor): LiveRow {
  return { cursor: encodeFeedCursor(from.epoch, from), gapReason: reason, gapMessage: WORDS[reason] };
}
