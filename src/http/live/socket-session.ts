import type { Duplex } from 'node:stream';
import { stringifyMessage } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { LiveSession } from '../../resolvers/shared/live/live-session.js';
import type { Payload } from '../../resolvers/shared/live/payload.js';
import type { Authentication, Authenticator } from '../../services/identity/authenticate.js';
import { type Actor, anonymous } from '../../services/shared/access/actor.js';
import { SOCKET_CLOSE } from '../socket-close.js';
import type { LiveStream, StreamSocket } from './live-stream.js';
import { type Line, Outbox } from './outbox.js';

/** How long a client that is told to go has to do so, in milliseconds. */
const FAREWELL_MS = 3_000;
/**
 * The same for one that did not read, in milliseconds: why it is closed stands behind the 256 KiB at most that it was sent
 * before.
 */
const SLOW_FAREWELL_MS = 30_000;

/** What became of a socket's new token. */
export interface Renewal {
  readonly renewed: true;
  /** ISO 8601; null for a token without an end. */
  readonly expiresAt: string | null;
}

/** What all sockets of a process have in common. */
export interface SocketHost {
  readonly authenticator: Authenticator;
  /** Messages that may wait for one socket. */
  readonly mostQueued: number;
  /** Tells the client why a subscription cannot go on. */
  readonly presentErrors: (error: unknown) => readonly object[];
  readonly report: (error: unknown) => void;
}

/** One open socket: who is at the other end, until when, what they follow, and what waits for them. */
export class SocketSession extends LiveSession implements StreamSocket {
  readonly outbox: Outbox;
  /** By the ids that the client gave them. */
  readonly streams = new Map<string, LiveStream>();
  /** How far the two have come: a client says who it is first, and once. */
  state: 'new' | 'admitting' | 'open' | 'closed' = 'new';
  /** Whether the client has answered since it was last asked whether it is there. */
  alive = true;
  /** Since when it has no subscription, or has not said who it is; in milliseconds. */
  idleSince = Date.now();
  #authorization: string | undefined;
  /** In milliseconds; that of a token without an end is infinite. */
  #expiresAt = Number.POSITIVE_INFINITY;
  /** Ends the connection of a client that was told to go and has not gone. */
  #givingUp: NodeJS.Timeout | undefined;

  constructor(
    private readonly host: SocketHost,
    readonly socket: WebSocket,
    duplex: Duplex,
  ) {
    super();
    this.outbox = new Outbox(socket, duplex, host.mostQueued, this);
  }

  /** Lets a client in whose token holds, or who sends none; one whose token does not hold is sent away with the reason. */
  async admit(authorization: string | undefined): Promise<boolean> {
    if (authorization === undefined) return true;
    const known = await this.#knownBy(authorization);
    if (!known) return false;
    this.#authorization = authorization;
    this.actor = known.actor;
    this.#expiresAt = known.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
    return true;
  }

  /**
   * Goes on with another token of the same user, customer or partner.
   *
   * @returns undefined, after it has closed the socket, for a token that does not hold or is of somebody else
   */
  renew(authorization: string): Promise<Renewal | undefined> {
    return this.inTurn(async () => {
      const known = await this.#knownBy(authorization);
      if (!known) return undefined;
      if (known.actor.key !== this.actor.key) {
        this.close(SOCKET_CLOSE.OTHER_ACTOR);
        return undefined;
      }
      this.#authorization = authorization;
      this.#expiresAt = known.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
      await this.become(known.actor);
      return { renewed: true, expiresAt: known.expiresAt?.toISOString() ?? null };
    });
  }

  /** Sends a message of the protocol. */
  say(message: Parameters<typeof stringifyMessage>[0]): void {
    this.outbox.say(stringifyMessage(message));
  }

  /** Sends what a subscription has to tell; nothing once the token has ended. */
  deliver(line: Line, payloads: readonly Payload[]): void {
    if (!this.endExpired()) this.outbox.send(line, payloads);
  }

  /** Ends a subscription with an error. */
  refuse(id: string, error: unknown): void {
    this.say({ id, type: 'error', payload: this.host.presentErrors(error) } as never);
  }

  /** Closes the socket if its token has ended. */
  endExpired(): boolean {
    if (Date.now() < this.#expiresAt) return false;
    this.close(SOCKET_CLOSE.UNAUTHORIZED);
    return true;
  }

  /** The client does not keep up. */
  overflow(): void {
    this.close(SOCKET_CLOSE.TOO_SLOW, SLOW_FAREWELL_MS);
  }

  /** The process ends: the client is to go elsewhere, and one that was closed before has no longer for it than others. */
  leave(): void {
    if (this.state === 'closed') this.#giveUpIn(FAREWELL_MS);
    else this.close(SOCKET_CLOSE.GOING_AWAY);
  }

  /** Closes the socket with a code; nothing that waits is sent any more. */
  close({ code, reason }: { code: number; reason: string }, farewellMs = FAREWELL_MS): void {
    if (this.state === 'closed') return;
    this.ended();
    this.socket.close(code, reason);
    this.#giveUpIn(farewellMs);
  }

  /** Lets go of everything: the socket has closed. */
  ended(): void {
    clearTimeout(this.#givingUp);
    this.state = 'closed';
    for (const stream of [...this.streams.values()]) stream.end();
    this.end();
    this.outbox.close();
  }

  protected async present(): Promise<Actor | undefined> {
    if (this.#authorization === undefined) return anonymous();
    return (await this.#knownBy(this.#authorization))?.actor;
  }

  protected report(error: unknown): void {
    this.host.report(error);
  }

  #giveUpIn(milliseconds: number): void {
    clearTimeout(this.#givingUp);
    this.#givingUp = setTimeout(() => this.socket.terminate(), milliseconds).unref();
  }

  /** Whom a token is of; a socket with one that does not hold is closed. */
  async #knownBy(authorization: string): Promise<Authentication | undefined> {
    const known = await this.host.authenticator.authenticate(authorization);
    if (known.actor.kind !== 'anonymous') return known;
    this.close({ ...SOCKET_CLOSE.UNAUTHORIZED, reason: known.actor.refusal ?? SOCKET_CLOSE.UNAUTHORIZED.reason });
    return undefined;
  }
}
