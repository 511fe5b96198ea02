import type { WebSocket } from 'ws';
import { type Context, createContext, type House, type Stream } from '../context.js';
import type { Actor } from '../services/shared/access/actor.js';
import { Reader } from '../services/shared/read/reader.js';
import { SOCKET_CLOSE } from './socket-close.js';

/** How long a client that is told to go has to do so, in milliseconds. */
const FAREWELL_MS = 1_000;

/** Closes a socket with a code, and drops it where the other end does not answer. */
export function closeSocket(socket: WebSocket, { code, reason }: { code: number; reason: string }): void {
  socket.close(code, reason);
  setTimeout(() => socket.terminate(), FAREWELL_MS).unref();
}

/**
 * The context of one subscription: renewed before each event, so that rights are those of now and nothing that was
 * read for an earlier event is shown for a later one.
 */
export function createStreamContext(
  house: House,
  socket: WebSocket,
  authorization: string | undefined,
  actor: Actor,
  clientAddress: string,
): Context {
  const stream: Stream = {
    renew: async () => {
      const { actor: present } = await house.authenticator.authenticate(authorization);
      if (present.kind === 'anonymous') {
        closeSocket(socket, SOCKET_CLOSE.UNAUTHORIZED);
        return false;
      }
      Object.assign(context, {
        actor: present,
        reader: new Reader(house.database, house.tables, house.database.scopeOf(present)),
      });
      return true;
    },
    tooSlow: () => closeSocket(socket, SOCKET_CLOSE.TOO_SLOW),
  };
  const context: Context = { ...createContext(house, actor, clientAddress), stream };
  return context;
}
