import type { Duplex } from 'node:stream';
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { SOCKET_CLOSE } from '../socket-close.js';
import { type SocketHost, SocketSession } from './socket-session.js';
import type { SocketSettings } from './socket-settings.js';

/** How often it is looked whose time is over, in milliseconds. */
const SWEEP_MS = 250;
const NOT_SPOKEN = { code: CloseCode.SubprotocolNotAcceptable, reason: 'Subprotocol not acceptable' };
const NOT_SAID = { code: CloseCode.ConnectionInitialisationTimeout, reason: 'Connection initialisation timeout' };

/**
 * All open sockets of a process: those that are gone are dropped, those whose time is over are closed.
 *
 * One timer serves them all, and no listener holds anything of its own: an idle socket costs little.
 */
export class OpenSockets {
  readonly #sessions = new Map<WebSocket, SocketSession>();
  readonly #timers: readonly NodeJS.Timeout[];
  #gone: () => void = () => undefined;

  /** @param take is given what clients say */
  constructor(
    private readonly host: SocketHost,
    private readonly settings: SocketSettings,
    private readonly take: (session: SocketSession, text: string) => void,
  ) {
    this.#timers = [
      // Behind what has come meanwhile: after a pause of this process the answers stand there unread.
      setInterval(() => setImmediate(() => this.#ping()), settings.pingSeconds * 1_000).unref(),
      setInterval(() => this.#sweep(), SWEEP_MS).unref(),
    ];
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** Takes in a socket that has been opened over a connection. */
  add(socket: WebSocket, duplex: Duplex): void {
    const session = new SocketSession(this.host, socket, duplex);
    this.#sessions.set(socket, session);
    socket.on('message', this.#onMessage);
    socket.on('pong', this.#onPong);
    // A client's own faults, such as too large a message, close the socket with a code by themselves.
    socket.on('error', ignore);
    socket.on('ping', this.#onPing);
    socket.on('close', this.#onClose);
    if (socket.protocol !== GRAPHQL_TRANSPORT_WS_PROTOCOL) session.close(NOT_SPOKEN);
  }

  /**
   * Tells all sockets to go elsewhere, one after the other, so that their clients do not all come back at once;
   * resolves when all have gone.
   */
  async farewell(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    const sessions = [...this.#sessions.values()];
    const total = this.settings.farewellSeconds * 1_000;
    const began = Date.now();
    for (const [i, session] of sessions.entries()) {
      const wait = (total * i) / sessions.length - (Date.now() - began);
      if (wait > 1) await new Promise((resume) => setTimeout(resume, wait));
      session.leave();
    }
    if (this.#sessions.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#gone = resolve;
    });
  }

  // Listeners that all sockets share: `this` is the socket.
  readonly #onMessage = ((sockets: OpenSockets) =>
    function (this: WebSocket, data: unknown) {
      const session = sockets.#sessions.get(this);
      if (session) sockets.take(session, String(data));
    })(this);

  readonly #onPong = ((sockets: OpenSockets) =>
    function (this: WebSocket) {
      const session = sockets.#sessions.get(this);
      if (session) session.alive = true;
    })(this);

  // Not answered by `ws` itself: it would answer also a client that reads none of it.
  readonly #onPing = ((sockets: OpenSockets) =>
    function (this: WebSocket, data: Buffer) {
      if (sockets.#sessions.get(this)?.outbox.isFree) this.pong(data);
    })(this);

  readonly #onClose = ((sockets: OpenSockets) =>
    function (this: WebSocket) {
      sockets.#sessions.get(this)?.ended();
      sockets.#sessions.delete(this);
      if (sockets.#sessions.size === 0) sockets.#gone();
    })(this);

  /** Who has not said who it is has nothing to follow. */
  #patienceWith({ actor }: SocketSession): number {
    return actor.kind === 'anonymous' ? this.settings.initSeconds : this.settings.idleSeconds;
  }

  #ping(): void {
    for (const [socket, session] of this.#sessions) {
      // It was told to go, has its time to do so, and is not asked again.
      if (session.state === 'closed') continue;
      if (!session.alive) {
        socket.terminate();
        continue;
      }
      session.alive = false;
      if (socket.readyState === socket.OPEN) socket.ping();
    }
  }

  #sweep(): void {
    const now = Date.now();
    for (const session of this.#sessions.values()) {
      if (session.endExpired()) continue;
      const idle = now - session.idleSince;
      if (session.state === 'closed') continue;
      if (session.state !== 'open') {
        if (session.state === 'new' && idle >= this.settings.initSeconds * 1_000) session.close(NOT_SAID);
      } else if (session.streams.size > 0) session.idleSince = now;
      else if (idle >= this.#patienceWith(session) * 1_000) session.close(SOCKET_CLOSE.IDLE);
    }
  }
}

function ignore(): void {}
