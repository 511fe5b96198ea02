import type { Actor } from '../../../services/shared/access/actor.js';
import { type FeedPosition, isAfter } from '../../../services/shared/events/feed-cursor.js';
import type { LiveRow } from './live-row.js';
import type { Payload } from './payload.js';

/** Who gets the messages of a channel. */
export interface Listener {
  /** Is given messages, in order. */
  deliver(payloads: readonly Payload[]): void;
  /** Messages could not be made: the listener must begin anew from its last one. */
  fail(): void;
}

/** Something that happened, as a channel's operation reads it. */
export interface LiveItem {
  readonly place: FeedPosition;
  readonly row: LiveRow;
  /** What the event says; undefined for a gap, which concerns everybody. */
  readonly data: object | undefined;
}

/** Listeners of a channel who are shown the same. */
export class Audience {
  readonly members = new Set<Membership>();

  constructor(
    readonly key: string,
    readonly actor: Actor,
    readonly group: string,
    readonly sees: (item: LiveItem) => boolean,
  ) {}
}

/** One listener's part in a channel. */
export class Membership {
  /** @param from what is not behind this place is not for them; undefined once something behind it has come */
  constructor(
    private readonly channel: { remove(member: Membership): void },
    readonly audience: Audience,
    readonly listener: Listener,
    private from: FeedPosition | undefined,
  ) {}

  leave(): void {
    this.channel.remove(this);
  }

  deliver(items: readonly LiveItem[], payloads: readonly Payload[]): void {
    if (items.length === 0) return;
    const { from } = this;
    if (from === undefined) {
      this.listener.deliver(payloads);
      return;
    }
    const first = items.findIndex(({ place, data }) => data === undefined || isAfter(place, from));
    if (first < 0) return;
    this.from = undefined;
    this.listener.deliver(first === 0 ? payloads : payloads.slice(first));
  }
}
