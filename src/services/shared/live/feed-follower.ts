import type { FeedEvent } from '../events/event.js';
import type { FeedPosition } from '../events/feed-cursor.js';
import type { FeedLog } from '../events/feed-log.js';
import { BoundedQueue, QueueOverflow } from './bounded-queue.js';
import { FeedSignal } from './feed-signal.js';

/** How soon the log is looked at though no signal came, in milliseconds. */
const POLL_MS = 250;
/** How soon it is looked at again while a transaction holds up what was signalled. */
const HELD_UP_MS = 10;
/** How long after a signal that goes on, in milliseconds. */
const URGENT_MS = 1_000;
const BATCH = 500;

interface Listener {
  readonly wants: (event: FeedEvent) => boolean;
  readonly queue: BoundedQueue<FeedEvent>;
}

/**
 * Follows the event log and gives each listener what it wants, in the log's order.
 *
 * One a process. It is woken by a signal that a writer sends after its commit, and looks by itself four times a
 * second. While nobody listens it reads nothing.
 */
export class FeedFollower {
  readonly #listeners = new Set<Listener>();
  readonly #signal: FeedSignal;
  #position: FeedPosition | undefined;
  #starting: Promise<void> | undefined;
  #reading = false;
  #again = false;
  #urgentUntil = 0;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    private readonly log: FeedLog,
    databaseUrl: string,
    private readonly report: (error: unknown) => void,
    /** Events that may wait for one listener. */
    private readonly queueBound: number,
  ) {
    this.#signal = new FeedSignal(databaseUrl, () => this.wake(), report);
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** Begins to hear writers' signals; fails when the database cannot be reached. */
  async start(): Promise<void> {
    await this.#signal.start();
  }

  /**
   * What happens from now on: every event whose transaction commits after the promise resolves, and perhaps some that
   * committed just before.
   *
   * The iterator fails with `QueueOverflow` when its reader does not keep up; `onOverflow` is told at that moment, since
   * a reader that is stuck does not come to see the failure.
   */
  async listen(wants: (event: FeedEvent) => boolean, onOverflow: () => void): Promise<BoundedQueue<FeedEvent>> {
    const listener: Listener = {
      wants,
      queue: new BoundedQueue<FeedEvent>(this.queueBound, (failure) => {
        this.#listeners.delete(listener);
        if (failure instanceof QueueOverflow) onOverflow();
      }),
    };
    this.#listeners.add(listener);
    try {
      if (!this.#position) {
        this.#starting ??= this.#begin();
        await this.#starting;
      }
    } catch (error) {
      await listener.queue.return();
      throw error;
    }
    return listener.queue;
  }

  /** Looks at the log at once, and often until what was signalled is there. */
  wake(): void {
    this.#urgentUntil = Date.now() + URGENT_MS;
    void this.#read();
  }

  /** Ends all listeners' iterators, and following. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    for (const { queue } of this.#listeners) await queue.return();
    await this.#signal.stop();
  }

  async #begin(): Promise<void> {
    try {
      this.#position = await this.log.horizon();
      this.#schedule(0);
    } finally {
      this.#starting = undefined;
    }
  }

  async #read(): Promise<void> {
    if (this.#stopped || !this.#position) return;
    if (this.#reading) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    if (this.#listeners.size === 0) {
      this.#position = undefined;
      return;
    }
    this.#reading = true;
    this.#again = false;
    let found = 0;
    try {
      const events = await this.log.after(this.#position, BATCH);
      found = events.length;
      for (const event of events) this.#deliver(event);
    } catch (error) {
      this.report(error);
    } finally {
      this.#reading = false;
      this.#schedule(this.#delayAfter(found));
    }
  }

  #delayAfter(found: number): number {
    if (this.#again || found === BATCH) return 0;
    if (found > 0) this.#urgentUntil = 0;
    return Date.now() < this.#urgentUntil ? HELD_UP_MS : POLL_MS;
  }

  #deliver(event: FeedEvent): void {
    this.#position = event;
    for (const listener of this.#listeners) if (listener.wants(event)) listener.queue.push(event);
  }

  #schedule(delay: number): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#read(), delay);
    this.#timer.unref();
  }
}
