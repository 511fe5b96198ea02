import type { Actor } from '../../../services/shared/access/actor.js';
import { type FeedCursor, type FeedPosition, isAfter } from '../../../services/shared/events/feed-cursor.js';
import type { FeedLog } from '../../../services/shared/events/feed-log.js';
import { PAGE } from '../../../services/shared/live/feed-pages.js';
import type { GapReason } from '../../../services/shared/live/gap-reason.js';
import type { Listener, Membership } from './audience.js';
import type { CatchingUp } from './catching-up.js';
import type { Channel, Made } from './channel.js';
import type { LiveOperation } from './live-operation.js';
import { gapRow } from './live-row.js';
import type { LiveVariables } from './message-maker.js';
import type { Payload } from './payload.js';
import type { CaughtPage } from './shared-page.js';

/** Where the messages of a subscription go. */
export interface Sink {
  send(payloads: readonly Payload[]): void;
  /** Resolves when what was sent has left; at once when the sink has ended. */
  drained(): Promise<void>;
  /** Messages could not be made: whoever listens must begin anew behind their last one. */
  fail(): void;
  /** The subscription must not go on. */
  refuse(error: unknown): void;
}

/** Where a subscription gets its events from. */
export interface LiveSource {
  readonly log: FeedLog;
  readonly catchingUp: CatchingUp;
  /** The place behind which everything is still to be handed on; undefined while nothing is followed. */
  readonly placeNow: FeedCursor | undefined;
  /** The same, followed from now on. */
  place(): Promise<FeedCursor>;
  /** The channel of an operation for an actor's rights; to be released. */
  channelFor(operation: LiveOperation, variables: LiveVariables, actor: Actor): Promise<Channel>;
  release(channel: Channel): void;
  /** Lets go of a subscription that has ended. */
  forget(subscription: LiveSubscription): void;
  report(error: unknown): void;
}

const START = { xid: 0n, position: 0n };

/** What a subscription is made of. */
export interface LiveRequest {
  readonly operation: LiveOperation;
  readonly variables: LiveVariables;
  readonly after: FeedCursor | undefined;
  readonly sink: Sink;
}

/**
 * One subscription: first what stands in the log behind its cursor, then what happens.
 *
 * While it catches up, what happens is held for it; where that becomes too much, it reads that from the log too.
 */
export class LiveSubscription implements Listener {
  #channel: Channel | undefined;
  #membership: Membership | undefined;
  /** What happened while it catches up; undefined once it is level. */
  #held: Payload[] | undefined;
  #heldTooMuch = false;
  /** What it had been sent from the log: another node may have been ahead of this one. */
  #sentTo: FeedCursor | undefined;
  #ended = false;

  constructor(
    private readonly hub: LiveSource,
    readonly request: LiveRequest,
    private actor: Actor,
    private readonly mostHeld: number,
  ) {}

  /** The one whose rights it has. */
  get owner(): Actor {
    return this.actor;
  }

  /** Whether it gets what happens, or is being brought up to it. */
  get isOpen(): boolean {
    return this.#membership !== undefined || this.#held !== undefined;
  }

  /** Begins, from now on or behind the client's cursor; resolves when what can be refused has been. */
  async start(): Promise<void> {
    const { after, operation, variables } = this.request;
    if (!after) {
      await this.#join();
      return;
    }
    // What is refused is refused now: the rest goes on by itself. To open a channel anew for each page would cost more.
    const channel = await this.hub.channelFor(operation, variables, this.actor);
    this.#held = [];
    void this.#catchUp(after)
      .catch((error: unknown) => {
        this.hub.report(error);
        if (!this.#ended) this.fail();
      })
      .finally(() => this.hub.release(channel));
  }

  deliver(payloads: readonly Payload[]): void {
    if (this.#ended) return;
    if (!this.#held) this.request.sink.send(payloads);
    else if (this.#held.length + payloads.length <= this.mostHeld) this.#held.push(...payloads);
    else this.#heldTooMuch = true;
  }

  fail(): void {
    this.request.sink.fail();
    this.stop();
  }

  /** Goes on with other rights, behind all that has been offered to it with those before. */
  async move(actor: Actor): Promise<void> {
    this.actor = actor;
    const channel = this.#channel;
    if (!channel || this.#ended) return;
    const { operation, variables } = this.request;
    const next = await this.hub.channelFor(operation, variables, actor);
    while (channel.isBusy && !this.#ended) await channel.settled();
    // Nothing is waited for from here on: what is offered next is for the one or for the other.
    if (this.#ended || this.actor !== actor || this.#channel !== channel) {
      this.hub.release(next);
      return;
    }
    this.#leave();
    this.#joinNow(next, actor);
  }

  /** Resolves when what has happened so far has been delivered. */
  async settled(): Promise<void> {
    await this.#channel?.settled();
  }

  stop(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#leave();
    this.hub.forget(this);
  }

  /**
   * Joins what happens.
   *
   * @returns the place behind which everything is delivered
   */
  async #join(): Promise<FeedCursor> {
    const { operation, variables } = this.request;
    for (;;) {
      const { actor } = this;
      const channel = await this.hub.channelFor(operation, variables, actor);
      const place = await this.hub.place();
      // Rights may have changed meanwhile; nothing is waited for from here on.
      if (actor === this.actor && !this.#ended) return this.#joinNow(channel, actor) ?? place;
      this.hub.release(channel);
      if (this.#ended) return place;
    }
  }

  /** Joins a channel where the hub is, or where this one is if that is further: another node may have been ahead. */
  #joinNow(channel: Channel, actor: Actor): FeedCursor | undefined {
    const now = this.hub.placeNow;
    const sent = this.#sentTo;
    const ahead = now && sent?.epoch === now.epoch && isAfter(sent, now);
    this.#channel = channel;
    this.#membership = channel.join(this, actor, ahead ? sent : (now ?? START));
    return now;
  }

  #leave(): void {
    this.#membership?.leave();
    this.#membership = undefined;
    if (this.#channel) this.hub.release(this.#channel);
    this.#channel = undefined;
  }

  async #catchUp(after: FeedCursor): Promise<void> {
    let at = after;
    while (!this.#ended) {
      at = await this.#readTo(at, undefined);
      this.#heldTooMuch = false;
      this.#held = [];
      this.#sentTo = at;
      const until = await this.#join();
      at = await this.#readTo(at, until);
      if (!this.#heldTooMuch) break;
      this.#leave();
    }
    this.#release();
  }

  /**
   * Sends what stands behind a place: up to `until`, or to where the hub is.
   *
   * Never further: a change of rights that the hub has not come to has not reached this one either.
   *
   * @returns the place that it came to
   */
  async #readTo(from: FeedCursor, until: FeedCursor | undefined): Promise<FeedCursor> {
    let at = from;
    while (!this.#ended) {
      const page = await this.#pageBehind(at);
      if (!page) continue;
      if (page.gap) return this.#tellGap(page.gap, await this.hub.log.end());
      const events = upTo(page.events, until, (event) => event);
      await this.#send(upTo(page.messages, until, ({ place }) => place));
      const last = events.at(-1);
      if (last) at = { epoch: page.epoch, xid: last.xid, position: last.position };
      if (events.length < PAGE) return until && isAfter(until, at) ? until : at;
    }
    return at;
  }

  /** Waits for its turn to read on; undefined where it has ended since, or has other rights. */
  async #pageBehind(at: FeedCursor): Promise<CaughtPage | undefined> {
    const { actor } = this;
    const isThere = () => !this.#ended && this.actor === actor;
    const page = await this.#withChannel(actor, (channel) =>
      isThere() ? this.hub.catchingUp.page(channel, { actor, isThere }, at) : undefined,
    );
    return isThere() ? page : undefined;
  }

  async #send(messages: readonly Made[]): Promise<void> {
    if (messages.length === 0 || this.#ended) return;
    this.request.sink.send(messages.map(({ payload }) => payload));
    await this.request.sink.drained();
  }

  async #tellGap(reason: GapReason, end: FeedCursor): Promise<FeedCursor> {
    const { actor } = this;
    const gap = { place: end, data: undefined, row: gapRow(reason, end) };
    const payloads = await this.#withChannel(actor, (channel) => channel.makeGap(actor, gap));
    this.#sentTo = undefined;
    if (!this.#ended) this.request.sink.send(payloads);
    return end;
  }

  /** Does something with the channel of an actor's rights, which others may use as well. */
  async #withChannel<Result>(actor: Actor, use: (channel: Channel) => Result): Promise<Awaited<Result>> {
    const { operation, variables } = this.request;
    const channel = await this.hub.channelFor(operation, variables, actor);
    try {
      return await use(channel);
    } finally {
      this.hub.release(channel);
    }
  }

  /** Sends what was held, and from then on at once what happens. */
  #release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    if (!this.#ended && held.length > 0) this.request.sink.send(held);
  }
}

/** Those of what stands in the log's order that are not behind a place. */
function upTo<One>(
  all: readonly One[],
  until: FeedPosition | undefined,
  placeOf: (one: One) => FeedPosition,
): readonly One[] {
  const last = all.at(-1);
  if (!last || !until || !isAfter(placeOf(last), until)) return all;
  return all.filter((one) => !isAfter(placeOf(one), until));
}
