import type { LiveSubscription, Sink } from '../../resolvers/shared/live/live-subscription.js';
import { framePrefix, type Payload, withExtensions } from '../../resolvers/shared/live/payload.js';
import { SOCKET_CLOSE } from '../socket-close.js';
import type { Line, Outbox } from './outbox.js';

/** The socket that a stream is of. */
export interface StreamSocket {
  readonly outbox: Outbox;
  readonly streams: Map<string, LiveStream>;
  /** Sends what a subscription has to tell. */
  deliver(line: Line, payloads: readonly Payload[]): void;
  /** Ends a subscription with an error. */
  refuse(id: string, error: unknown): void;
  /** Closes the socket with a code. */
  close(why: { readonly code: number; readonly reason: string }): void;
}

/** One subscription of a socket, by the id that the client gave it. */
export class LiveStream implements Sink {
  /** What the first message tells beside its data, as JSON text. */
  extensions: string | undefined;
  #line: Line | undefined;
  #subscription: LiveSubscription | undefined;
  #ended = false;

  constructor(
    private readonly session: StreamSocket,
    private readonly id: string,
  ) {}

  /** Names the subscription that is to end with this. */
  carry(subscription: LiveSubscription): void {
    this.#subscription = subscription;
    if (this.#ended) subscription.stop();
  }

  send(payloads: readonly Payload[]): void {
    if (this.#ended || payloads.length === 0) return;
    this.#line ??= { prefix: framePrefix(this.id), waiting: 0 };
    if (this.extensions === undefined) {
      this.session.deliver(this.#line, payloads);
      return;
    }
    const told = withExtensions(payloads[0]!, this.extensions);
    this.extensions = undefined;
    this.session.deliver(this.#line, [told, ...payloads.slice(1)]);
  }

  drained(): Promise<void> {
    return this.session.outbox.drained();
  }

  fail(): void {
    this.session.close(SOCKET_CLOSE.FAILED);
  }

  refuse(error: unknown): void {
    if (this.#ended) return;
    this.session.refuse(this.id, error);
    this.#end();
  }

  /** Ends it without a word: the client wants no more. */
  end(): void {
    if (this.#line) this.session.outbox.drop(this.#line);
    this.#end();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.session.streams.delete(this.id);
    this.#subscription?.stop();
  }
}
