import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { Payload } from '../../resolvers/shared/live/payload.js';
import { type FramePieces, textFrames } from './text-frames.js';

/** Bytes that are handed to a socket before it has taken those before; what is beyond waits here, shared by all. */
const HIGH_WATER = 256 * 1024;
/** Messages that are put together to one write. */
const MOST_TOGETHER = 64;
/** Answers of the protocol (pongs, errors) that may wait for a client that does not read. */
const MOST_SAID = 100;
const NOTHING = Buffer.alloc(0);

/** One of a socket's subscriptions, as far as sending goes. */
export interface Line {
  /** What stands before each of its messages. */
  readonly prefix: Buffer;
  /** How many of its messages wait. */
  waiting: number;
}

interface Waiting extends FramePieces {
  /** Undefined for what the protocol itself has to say. */
  readonly line: Line | undefined;
}

/**
 * What one socket is sent: of each subscription at most so many messages wait for it.
 *
 * What waits are the payloads that all subscribers share, so a client that stops reading costs little memory; beyond
 * the bound it is given up. Messages are framed here and written to the connection itself, those that come together at
 * once; `ws` writes its control frames whole and in between.
 */
export class Outbox {
  #waiting: Waiting[] | undefined;
  #said = 0;
  #drained: (() => void)[] | undefined;
  #closed = false;

  /**
   * @param duplex the connection beneath the socket
   * @param bound messages of one subscription that may wait
   * @param owner is told once, when more waits than may
   */
  constructor(
    private readonly socket: WebSocket,
    private readonly duplex: Duplex,
    private readonly bound: number,
    private readonly owner: { overflow(): void },
  ) {}

  /** Whether the client takes what it is sent. */
  get isFree(): boolean {
    return !this.#waiting && this.duplex.writableLength < HIGH_WATER;
  }

  /** Sends messages of one subscription. */
  send(line: Line, payloads: readonly Payload[]): void {
    if (this.#closed) return;
    const { prefix } = line;
    const messages = payloads.map((payload) => ({ line, prefix, payload }));
    const sent = this.#waiting ? 0 : this.#write(messages);
    if (sent === messages.length) return;
    line.waiting += messages.length - sent;
    if (line.waiting > this.bound) this.#overflow();
    else this.#hold(messages.slice(sent));
  }

  /** Sends an answer of the protocol, behind what was sent before. */
  say(text: string): void {
    if (this.#closed) return;
    const message = { line: undefined, prefix: NOTHING, payload: Buffer.from(text) };
    if (this.isFree) {
      this.#write([message]);
      return;
    }
    this.#said += 1;
    if (this.#said > MOST_SAID) this.#overflow();
    else this.#hold([message]);
  }

  /** Drops what waits of a subscription that has ended. */
  drop(line: Line): void {
    if (line.waiting === 0 || !this.#waiting) return;
    this.#waiting = this.#waiting.filter((message) => message.line !== line);
    line.waiting = 0;
  }

  /** Resolves when nothing waits here, and the socket has taken most of it. */
  drained(): Promise<void> {
    if (this.#closed || this.isFree) return Promise.resolve();
    if (!this.#waiting) this.#wait();
    return new Promise((resolve) => {
      this.#drained ??= [];
      this.#drained.push(resolve);
    });
  }

  /** Drops all that waits. */
  close(): void {
    this.#closed = true;
    this.#waiting = undefined;
    this.#letGo();
  }

  /** @returns how many of the messages the socket has room for */
  #write(messages: readonly FramePieces[]): number {
    let sent = 0;
    while (sent < messages.length && this.duplex.writableLength < HIGH_WATER) {
      const until = Math.min(messages.length, sent + MOST_TOGETHER);
      if (this.socket.readyState === WebSocket.OPEN) this.duplex.write(textFrames(messages.slice(sent, until)));
      sent = until;
    }
    return sent;
  }

  #hold(messages: readonly Waiting[]): void {
    const waiting = this.#waiting ?? this.#wait();
    for (const message of messages) waiting.push(message);
  }

  #overflow(): void {
    this.close();
    this.owner.overflow();
  }

  #wait(): Waiting[] {
    const waiting: Waiting[] = [];
    this.#waiting = waiting;
    this.duplex.once('drain', () => this.#flush());
    return waiting;
  }

  #flush(): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    this.#waiting = undefined;
    const sent = this.#write(waiting);
    for (const { line } of waiting.slice(0, sent)) {
      if (line) line.waiting -= 1;
      else this.#said -= 1;
    }
    if (sent < waiting.length) {
      this.#hold(waiting.slice(sent));
    } else this.#letGo();
  }

  #letGo(): void {
    const drained = this.#drained;
    this.#drained = undefined;
    for (const resolve of drained ?? []) resolve();
  }
}
