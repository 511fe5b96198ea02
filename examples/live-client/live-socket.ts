import { type Client, createClient } from 'graphql-ws';

/** How often the server is asked whether it is there, and how long it may take to answer, in milliseconds. */
const PING_MS = 10_000;
const PONG_WITHIN_MS = 5_000;
/** How soon a renewal that failed is tried again, in milliseconds. */
const RENEW_AGAIN_MS = 5_000;
/** How soon a token is renewed at most: where the clocks differ it may seem to have ended, in milliseconds. */
const RENEW_SOONEST_MS = 1_000;
/** The part of a token's life after which it is renewed. */
const RENEW_AFTER = 0.8;
const LONGEST_TIMER_MS = 2_147_483_647;

/** Who the socket is of: a `Session`, or what an application has in its place. */
export interface Credentials {
  /** When the token ends, in milliseconds since 1970; infinite for a key. */
  readonly expiresAt: number;
  token(): Promise<string>;
  /** Takes another token. */
  renew(): Promise<void>;
}

/** One WebSocket for all subscriptions, opened with the first and anew with the next after it was lost. */
export interface LiveSocket {
  readonly client: Client;
  close(): Promise<void>;
}

/** Keeps the token of an open socket from running out: another goes with a `ping`, and its `pong` says until when. */
class Renewal {
  readonly #credentials: Credentials;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(credentials: Credentials) {
    this.#credentials = credentials;
  }

  begin(socket: WebSocket): void {
    const left = this.#credentials.expiresAt - Date.now();
    if (left < LONGEST_TIMER_MS) this.#wait(socket, Math.max(RENEW_SOONEST_MS, left * RENEW_AFTER));
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #wait(socket: WebSocket, delay: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#renew(socket), delay);
  }

  async #renew(socket: WebSocket): Promise<void> {
    try {
      await this.#credentials.renew();
      const payload = { authorization: `Bearer ${await this.#credentials.token()}` };
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ type: 'ping', payload }));
    } catch {
      // Where there is none to be had the server closes the socket with 4401, and whoever follows is told then.
      if (socket.readyState === socket.OPEN) this.#wait(socket, RENEW_AGAIN_MS);
    }
  }
}

/**
 * Opens nothing yet: a stock graphql-ws client that says who it is, renews its token in time, and notices a server that
 * is gone without a word. It does not connect again by itself, since it would ask for the same place again; `followLive`
 * does, with the place that it has come to.
 *
 * @param url `http://host:port`
 */
export function liveSocket(url: string, credentials: Credentials): LiveSocket {
  const renewal = new Renewal(credentials);
  let opened: WebSocket | undefined;
  let unanswered: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    connectionParams: async () => ({ authorization: `Bearer ${await credentials.token()}` }),
    retryAttempts: 0,
    lazyCloseTimeout: 1_000,
    connectionAckWaitTimeout: 10_000,
    keepAlive: PING_MS,
    on: {
      connected: (socket) => {
        opened = socket as WebSocket;
        renewal.begin(opened);
      },
      ping: (received) => {
        if (!received) unanswered = setTimeout(() => client.terminate(), PONG_WITHIN_MS);
      },
      pong: (received, payload) => {
        if (!received) return;
        clearTimeout(unanswered);
        if (payload?.renewed && opened) renewal.begin(opened);
      },
      closed: () => {
        clearTimeout(unanswered);
        renewal.end();
      },
    },
  });
  // A connection that is being made may fail.
  return { client, close: () => Promise.resolve(client.dispose()).catch(() => undefined) };
}
