import type { FeedEvent } from '../events/event.js';
import type { FeedCursor } from '../events/feed-cursor.js';
import { FeedSignal } from './feed-signal.js';
import type { FeedSource } from './feed-source.js';
import { type GapReason, gapOf } from './gap-reason.js';

/** How soon the log is looked at though no signal came, in milliseconds. */
const POLL_MS = 250;
/** How soon it is looked at again while a transaction holds up what was signalled. */
const HELD_UP_MS = 10;
/** How long after a signal that goes on, in milliseconds. */
const URGENT_MS = 1_000;
const BATCH = 500;

/** Gets what the log holds, in its order. */
export interface FeedConsumer {
  /** Whether anybody waits for events. */
  readonly listening: boolean;
  /** Takes the next events; those after them are given when it is done. */
  take(events: readonly FeedEvent[], epoch: string): Promise<void>;
  /** Is told that events are missing before a place, and that the log goes on from there. */
  miss(reason: GapReason, from: FeedCursor): Promise<void>;
  /** Is told that the log is followed no more, until `begin` is called again. */
  rest(): void;
}

/**
 * Follows the event log and hands on what is in it, in the log's order.
 *
 * One a process. It is woken by a signal that a writer sends after its commit, and looks by itself four times a
 * second. While nobody listens it reads nothing.
 */
export class FeedFollower {
  readonly #signal: FeedSignal;
  #consumer: FeedConsumer | undefined;
  #position: FeedCursor | undefined;
  #starting: Promise<FeedCursor> | undefined;
  #reading = false;
  #failing = false;
  #again = false;
  #urgentUntil = 0;
  /** How far a writer said that the log goes. */
  #awaited: bigint | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    private readonly log: FeedSource,
    databaseUrl: string,
    private readonly report: (error: unknown) => void,
  ) {
    this.#signal = new FeedSignal(databaseUrl, (xid) => this.wake(xid), report);
  }

  /** Begins to hear writers' signals; fails when the database cannot be reached. */
  async start(): Promise<void> {
    await this.#signal.start();
  }

  /** Names who gets the events. */
  handTo(consumer: FeedConsumer): void {
    this.#consumer = consumer;
  }

  /** The place of the last event that was handed on, or is being handed on; undefined while nobody listens. */
  get position(): FeedCursor | undefined {
    return this.#position;
  }

  /**
   * Follows the log from its end on, unless it does so already: what commits after the promise resolves is handed on.
   *
   * @returns the place that everything handed on from now is behind
   */
  async begin(): Promise<FeedCursor> {
    if (this.#position) return this.#position;
    this.#starting ??= this.#begin();
    return this.#starting;
  }

  /** Looks at the log at once. */
  look(): void {
    void this.#read();
  }

  /**
   * Looks at the log at once, and often until what was signalled is there.
   *
   * @param xid how far the log goes, as a transaction id
   */
  wake(xid?: bigint): void {
    const place = this.#position;
    if (!place || (xid !== undefined && xid <= place.xid)) return;
    if (xid !== undefined && (this.#awaited === undefined || xid > this.#awaited)) this.#awaited = xid;
    this.#urgentUntil = Date.now() + URGENT_MS;
    void this.#read();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#signal.stop();
  }

  async #begin(): Promise<FeedCursor> {
    try {
      this.#position = await this.log.end();
      this.#schedule(0);
      return this.#position;
    } finally {
      this.#starting = undefined;
    }
  }

  async #read(): Promise<void> {
    const from = this.#position;
    if (this.#stopped || !from) return;
    if (this.#reading) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    if (!this.#consumer?.listening) {
      this.#position = undefined;
      this.log.rest?.();
      this.#consumer?.rest();
      return;
    }
    this.#reading = true;
    this.#again = false;
    let found = 0;
    try {
      const page = await this.log.after(from, BATCH);
      const gap = gapOf(page, from);
      found = page.events.length;
      if (gap) await this.#miss(gap);
      else await this.#hand(page.events, page.epoch);
      this.#failing = false;
    } catch (error) {
      // Once for an outage: it is tried again four times a second.
      if (!this.#failing) this.report(error);
      this.#failing = true;
    } finally {
      this.#reading = false;
      this.#schedule(this.#delayAfter(found));
    }
  }

  async #hand(events: readonly FeedEvent[], epoch: string): Promise<void> {
    const last = events.at(-1);
    if (!last) return;
    this.#position = { epoch, xid: last.xid, position: last.position };
    await this.#consumer?.take(events, epoch);
  }

  async #miss(reason: GapReason): Promise<void> {
    const end = await this.log.end();
    this.#position = end;
    await this.#consumer?.miss(reason, end);
  }

  #delayAfter(found: number): number {
    if (this.#again || found === BATCH) return 0;
    if (found > 0 && (this.#awaited === undefined || this.#awaited <= this.#position!.xid)) this.#urgentUntil = 0;
    return Date.now() < this.#urgentUntil ? HELD_UP_MS : POLL_MS;
  }

  #schedule(delay: number): void {
    if (this.#stopped || !this.#position) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#read(), delay);
    this.#timer.unref();
  }
}
