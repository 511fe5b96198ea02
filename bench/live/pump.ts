import type { Progress } from './client/client-messages.ts';

/** How long what is under way should take to arrive, in seconds: far more than a transaction, too little for any queue. */
const UNDER_WAY_SECONDS = 0.5;
/** The least and the most calls under way, and the same in deliveries: who is slow in answering must not seem slow in delivering. */
const LEAST_CALLS = 4;
const LEAST_DELIVERIES = 20_000;
const MOST_CALLS = 400;
const MOST_DELIVERIES = 200_000;
/** Parts that the window is filled up by. */
const PARTS = 4;
/** Between two looks at the rate. */
const LOOK_MS = 50;

/**
 * Keeps a server busy: publishes calls as those before them arrive, so that as many are under way as arrive in
 * half a second, whatever the server's speed.
 */
export class Pump {
  published = 0;
  #arrived = 0;
  #window: number;
  #look: Progress | undefined;
  #running = true;
  #failure: Error | undefined;
  readonly #writing = new Set<Promise<void>>();
  readonly #sockets: number;
  readonly #least: number;
  readonly #most: number;
  readonly #publish: (count: number) => Promise<void>;

  constructor(sockets: number, publish: (count: number) => Promise<void>) {
    this.#sockets = sockets;
    this.#publish = publish;
    this.#least = Math.min(MOST_CALLS, Math.max(LEAST_CALLS, Math.ceil(LEAST_DELIVERIES / sockets)));
    this.#most = Math.max(this.#least, Math.min(MOST_CALLS, Math.floor(MOST_DELIVERIES / sockets)));
    this.#window = this.#least;
    this.#fill();
  }

  /** Calls that may be under way. */
  get window(): number {
    return this.#window;
  }

  /** Takes what the client tells. */
  take(progress: Progress): void {
    this.#arrived = progress.total / this.#sockets;
    this.#look ??= progress;
    const elapsed = progress.at - this.#look.at;
    if (elapsed >= LOOK_MS) {
      const callsPerSecond = ((progress.total - this.#look.total) / this.#sockets / elapsed) * 1000;
      this.#window = Math.min(this.#most, Math.max(this.#least, Math.round(callsPerSecond * UNDER_WAY_SECONDS)));
      this.#look = progress;
    }
    this.#fill();
  }

  /**
   * Publishes no more.
   *
   * @throws Error where something could not be published
   */
  async stop(): Promise<void> {
    this.#running = false;
    await Promise.all(this.#writing);
    if (this.#failure) throw this.#failure;
  }

  /** @throws Error where something could not be published */
  check(): void {
    if (this.#failure) throw this.#failure;
  }

  #fill(): void {
    const part = Math.max(1, Math.floor(this.#window / PARTS));
    while (this.#running && this.published - this.#arrived + part <= this.#window) {
      this.published += part;
      const writing = this.#publish(part).catch((error: Error) => {
        this.#running = false;
        this.#failure ??= error;
      });
      this.#writing.add(writing);
      void writing.then(() => this.#writing.delete(writing));
    }
  }
}
