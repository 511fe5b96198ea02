import type { FeedEvent, NewEvent } from '../shared/events/event.js';

/** The kind of what happens to a source's queue, as others name it. */
export const SOURCE_QUEUE_CHANGED = 'source-queue.changed';

/** A source's queue as it was told. */
export interface SourceQueueChanged {
  readonly sourceId: string;
  /** How many of its inquiries wait. */
  readonly length: number;
  /** Since when the one waits that has waited longest, ISO 8601; null where none does. */
  readonly longestSince: string | null;
}

/** The event that other inquiries of a source wait than before, or more, or fewer. */
export function sourceQueueChanged(
  queue: { readonly id: string; readonly version: number },
  data: SourceQueueChanged,
): NewEvent {
  const { id, version } = queue;
  return { kind: SOURCE_QUEUE_CHANGED, subject: { kind: 'SourceQueue', id, version }, data: { ...data } };
}

/** What the event of a changed queue says, or undefined for an event of another kind. */
export function sourceQueueChangedOf(event: FeedEvent): SourceQueueChanged | undefined {
  return event.kind === SOURCE_QUEUE_CHANGED ? (event.data as unknown as SourceQueueChanged) : undefined;
}
