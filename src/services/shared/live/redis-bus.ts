import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@redis/client';
import { decodeBatch, encodeBatch, type FeedBatch } from './feed-batch.js';
import type { FeedBus } from './feed-bus.js';

/** How large the events of one message may be, in bytes: far below what a Redis holds for a subscriber that is slow. */
const MESSAGE_BYTES = 256 * 1024;
/** How many messages may be under way without an answer; what comes then is not sent. */
const MOST_UNANSWERED = 64;
/** How long an answer may take until Redis counts as away, in milliseconds. */
const ANSWER_MS = 1_000;
const PING_MS = 1_000;
/** How long a connection may be silent, though it is pinged, until it is made anew, in milliseconds. */
const SILENCE_MS = 3_000;
const CONNECT_TIMEOUT_MS = 3_000;
/** How soon a lost connection is made anew, in milliseconds; each further attempt waits twice as long, up to the most. */
const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 1_000;
/** How long the end waits for what is under way, in milliseconds. */
const FAREWELL_MS = 300;

/** Says in words what became of the connection. */
export interface BusLog {
  info(words: string): void;
  warn(words: string): void;
}

/** The nodes' way to each other over Redis or Valkey: one channel for each installation, on one connection. */
export class RedisBus implements FeedBus {
  onBatch: (batch: FeedBatch) => void = () => {};
  readonly #node = randomUUID();
  readonly #channel: string;
  readonly #client: ReturnType<typeof clientOf>;
  /** When each message was sent that has no answer yet, the oldest first. */
  readonly #unanswered: number[] = [];
  #subscribed = false;
  #stopped = false;
  #said: 'nothing' | 'connected' | 'away' = 'nothing';
  #saidUnreadable = false;

  /**
   * @param url of the server; `rediss:` for TLS
   * @param installation nodes that share a database have the same
   */
  constructor(
    url: string,
    installation: string,
    private readonly log: BusLog,
  ) {
    this.#channel = `switchboard:feed:${installation}`;
    this.#client = clientOf(url);
    this.#client.on('error', (error: unknown) => this.#isAway(error));
    this.#client.on('ready', () => void this.#subscribe());
  }

  get connected(): boolean {
    const [oldest = Number.POSITIVE_INFINITY] = this.#unanswered;
    return this.#client.isReady && this.#subscribed && performance.now() - oldest < ANSWER_MS;
  }

  start(): void {
    // It settles when the first attempt succeeds, or when we let go; what fails in between is told by `error`.
    this.#client.connect().catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    const deadline = performance.now() + FAREWELL_MS;
    while (this.#unanswered.length > 0 && performance.now() < deadline) await sleep(5);
    this.#client.destroy();
  }

  publish(batch: FeedBatch): void {
    if (!this.connected) return;
    for (const message of encodeBatch(this.#node, batch, MESSAGE_BYTES)) {
      if (this.#unanswered.length >= MOST_UNANSWERED) return;
      void this.#send(message);
    }
  }

  async #send(message: string): Promise<void> {
    this.#unanswered.push(performance.now());
    try {
      await this.#client.publish(this.#channel, message);
    } catch (error) {
      this.#isAway(error);
    } finally {
      // Answers come in the order of what was sent.
      this.#unanswered.shift();
    }
  }

  /** Subscribes once; the client does it by itself when it connects anew. */
  async #subscribe(): Promise<void> {
    try {
      if (!this.#subscribed) await this.#client.subscribe(this.#channel, (message) => this.#receive(message));
      this.#subscribed = true;
      this.#isThere();
    } catch (error) {
      this.#isAway(error);
    }
  }

  #receive(message: string): void {
    const received = decodeBatch(message);
    if (received && received.node !== this.#node) this.onBatch(received.batch);
    if (received || this.#saidUnreadable) return;
    this.#saidUnreadable = true;
    this.log.warn(
      `A message on the Redis channel ${this.#channel} is none of this version's: it is ignored, as are others`,
    );
  }

  #isThere(): void {
    if (this.#stopped || this.#said === 'connected') return;
    this.log.info(
      this.#said === 'away' ? 'Redis is back: nodes share the feed again' : 'Nodes share the feed over Redis',
    );
    this.#said = 'connected';
  }

  #isAway(error: unknown): void {
    if (this.#stopped || this.#said === 'away') return;
    this.#said = 'away';
    this.log.warn(`Redis is away (${reasonOf(error)}): each node reads the event log by itself until it is back`);
  }
}

function clientOf(url: string) {
  return createClient({
    url,
    name: 'switchboard',
    // What cannot be sent at once is not worth sending later.
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled',
    pingInterval: PING_MS,
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: SILENCE_MS,
      reconnectStrategy: (retries) =>
        Math.min(FIRST_RETRY_MS * 2 ** retries, LONGEST_RETRY_MS) * (0.75 + Math.random() / 4),
    },
  });
}

/** Why, in words; several addresses that all refuse have no message of their own. */
function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || String(error);
}
