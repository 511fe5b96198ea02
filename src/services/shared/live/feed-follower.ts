import { Client } from 'pg';
import type { FeedEvent } from '../events/event.js';
import type { FeedPosition } from '../events/feed-cursor.js';
import type { FeedLog } from '../events/feed-log.js';
import { BoundedQueue, QueueOverflow } from './bounded-queue.js';

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
  #position: FeedPosition | undefined;
  #starting: Promise<void> | undefined;
  #reading = false;
  #again = false;
  #urgentUntil = 0;
  #timer: NodeJS.Timeout | undefined;
  #signal: Client | undefined;
  #stopped = false;

  constructor(
    private readonly log: FeedLog,
    private readonly databaseUrl: string,
    private readonly report: (error: unknown) => void,
    /** Events that may wait for one listener. */
    private readonly queueBound: number,
  ) {}

  get listeners(): number {
    return this.#listeners.size;
  }

  /** Begins to wait for signals. */
  async start(): Promise<void> {
    await this.#listen();
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
    if (!this.#position) {
      this.#starting ??= this.#begin();
      await this.#starting;
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
    await this.#signal?.end().catch(() => undefined);
  }

  async #begin(): Promise<void> {
    this.#position = await this.log.horizon();
    this.#starting = undefined;
    this.#schedule(0);
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

  /** Waits for writers' signals on a connection of its own, and makes a new one when it is lost. */
  async #listen(): Promise<void> {
    const client = new Client({ connectionString: this.databaseUrl, application_name: 'switchboard-feed' });
    client.on('error', () => undefined);
    client.on('notification', () => this.wake());
    client.on('end', () => {
      if (!this.#stopped) setTimeout(() => void this.#listenAgain(), POLL_MS).unref();
    });
    await client.connect();
    await client.query('listen feed');
    this.#signal = client;
  }

  async #listenAgain(): Promise<void> {
    if (this.#stopped) return;
    await this.#listen().catch((error: unknown) => {
      this.report(error);
      setTimeout(() => void this.#listenAgain(), POLL_MS).unref();
    });
  }
}
