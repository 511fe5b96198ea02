import { type FeedCursor, isAfter } from '../events/feed-cursor.js';
import type { FeedPage } from '../events/feed-log.js';
import type { FeedBatch } from './feed-batch.js';
import type { FeedBus } from './feed-bus.js';
import type { FeedSource } from './feed-source.js';
import type { ReaderLease } from './reader-lease.js';

/** How often the reader says at least that it reads, in milliseconds; it looks at the log a little less often. */
const HEARTBEAT_MS = 200;
/** How long nothing may be heard of the reader until this node reads by itself, in milliseconds. */
const SILENCE_MS = 1_000;
/** How soon the lease is tried again, in milliseconds; up to twice as long, so that nodes do not try as one. */
const TRY_MS = 250;
/** How many batches may wait here; one that comes then is missed, and the log is read for it. */
const MOST_WAITING = 64;

/**
 * The event log, read by one node for all.
 *
 * The node that holds the lease reads PostgreSQL and sends the others what it found; they take it from the bus, and read
 * PostgreSQL themselves where something is missing, and all the time while the bus is away or nobody is heard to read.
 * Nothing rests on the bus but how often the log is read.
 */
export class SharedLog implements FeedSource {
  /** Called when there may be something new. */
  onNews: () => void = () => {};
  /** The place up to which this node has everything; undefined while nobody here follows. */
  #place: FeedCursor | undefined;
  #waiting: FeedBatch[] = [];
  #heardAt = Number.NEGATIVE_INFINITY;
  #saidAt = Number.NEGATIVE_INFINITY;
  #tryAt = 0;
  #stopped = false;

  constructor(
    private readonly log: Pick<FeedSource, 'end' | 'after'>,
    private readonly bus: FeedBus,
    private readonly lease: ReaderLease,
  ) {
    bus.onBatch = (batch) => this.#receive(batch);
  }

  /** Whether this node reads for all. */
  get isReader(): boolean {
    return this.lease.held;
  }

  /** Whether this node reads PostgreSQL, for all or for itself. */
  get readsItself(): boolean {
    return this.#place !== undefined && !this.isServed;
  }

  /** Whether another node reads for this one. */
  get isServed(): boolean {
    return this.bus.connected && !this.lease.held && performance.now() - this.#heardAt < SILENCE_MS;
  }

  start(): void {
    this.bus.start();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#forget();
    await this.#leave();
    await this.lease.stop();
    await this.bus.stop();
  }

  async end(): Promise<FeedCursor> {
    this.#place = await this.log.end();
    return this.#place;
  }

  async after(place: FeedCursor, limit: number): Promise<FeedPage> {
    this.#place = place;
    const page = (this.isServed && this.#takeBehind(place)) || (await this.#read(place, limit));
    const last = page.events.at(-1);
    if (last && this.#place) this.#place = { epoch: page.epoch, xid: last.xid, position: last.position };
    return page;
  }

  rest(): void {
    this.#forget();
    void this.#leave();
  }

  #forget(): void {
    this.#place = undefined;
    this.#waiting = [];
    this.#heardAt = Number.NEGATIVE_INFINITY;
  }

  /** Lets another node read. */
  async #leave(): Promise<void> {
    const from = { xid: 0n, position: 0n };
    if (await this.lease.release()) this.bus.publish({ epoch: '', from, to: from, events: [], leaving: true });
  }

  #receive(batch: FeedBatch): void {
    const place = this.#place;
    if (!place || this.lease.held) return;
    if (batch.leaving) {
      this.#heardAt = Number.NEGATIVE_INFINITY;
      this.#tryAt = 0;
    } else {
      // Who reads another log, or is behind us, does not read for us.
      if (batch.epoch !== place.epoch || isAfter(place, batch.to)) return;
      this.#heardAt = performance.now();
      if (this.#waiting.length < MOST_WAITING) this.#waiting.push(batch);
    }
    this.onNews();
  }

  /** What the reader sent of what is behind a place; undefined where something is missing before it. */
  #takeBehind(place: FeedCursor): FeedPage | undefined {
    let events: FeedPage['events'] = [];
    while (events.length === 0) {
      const batch = this.#waiting[0];
      if (!batch) break;
      if (batch.epoch !== place.epoch || isAfter(batch.from, place)) return undefined;
      this.#waiting.shift();
      events = batch.events.filter((event) => isAfter(event, place));
    }
    if (this.#waiting.length > 0) this.onNews();
    return { epoch: place.epoch, reaches: true, knows: true, events };
  }

  async #read(place: FeedCursor, limit: number): Promise<FeedPage> {
    const waiting = this.#waiting.length;
    const page = await this.log.after(place, limit);
    // What had come before is in what was read, unless that is not all.
    if (page.events.length < limit) this.#waiting.splice(0, waiting);
    if (!this.#stopped && this.#place) this.#share(place, page);
    return page;
  }

  /** Sends the others what was read, if this node reads for them, or tries to become the one that does. */
  #share(from: FeedCursor, { epoch, reaches, events }: FeedPage): void {
    const now = performance.now();
    if (!this.bus.connected) {
      // One that can be heard may read.
      if (this.lease.held) void this.lease.release();
    } else if (this.lease.held) {
      if (epoch !== from.epoch || !reaches) return;
      const last = events.at(-1);
      if (!last && now - this.#saidAt < HEARTBEAT_MS) return;
      this.#saidAt = now;
      this.bus.publish({ epoch, from, to: last ?? from, events, leaving: false });
    } else if (!this.isServed && now >= this.#tryAt) {
      this.#tryAt = now + TRY_MS * (1 + Math.random());
      void this.lease.take();
    }
  }
}
