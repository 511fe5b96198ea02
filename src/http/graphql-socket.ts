import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { handleProtocols } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { House } from '../context.js';
import type { LiveHub } from '../resolvers/shared/live/live-hub.js';
import type { Operations } from './documents/operations.js';
import { OpenSockets } from './live/open-sockets.js';
import { errorsOf, SocketProtocol } from './live/socket-protocol.js';
import type { SocketSettings } from './live/socket-settings.js';

/** What the WebSocket is served with. */
export interface SocketParts {
  readonly house: House;
  readonly hub: LiveHub;
  readonly operations: Operations;
  readonly settings: SocketSettings;
  /** Messages that may wait for one socket. */
  readonly mostQueued: number;
  /** Shows an error to a client. */
  readonly present: (error: GraphQLError) => GraphQLFormattedError;
  readonly report: (error: unknown) => void;
}

const NOT_FOUND = '404 Not Found';
const UNAVAILABLE = '503 Service Unavailable';

function destroy(this: Duplex): void {
  this.destroy();
}

/** The sockets of a process. */
export interface GraphqlSocket {
  /** How many are open. */
  readonly sockets: () => number;
  /** Sends all of them elsewhere and takes no more; resolves when they have gone. */
  readonly farewell: () => Promise<void>;
}

/** Serves subscriptions at `/graphql` over graphql-transport-ws. */
export function registerGraphqlSocket(app: FastifyInstance, parts: SocketParts): GraphqlSocket {
  const { house, hub, operations, settings, mostQueued, present, report } = parts;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: settings.messageBytes,
    clientTracking: false,
    autoPong: false,
    handleProtocols,
  });
  const protocol = new SocketProtocol(operations, hub, settings.subscriptions, report);
  const presentErrors = (error: unknown) => errorsOf(error).map(present);
  const { authenticator } = house;
  const sockets = new OpenSockets({ authenticator, mostQueued, presentErrors, report }, settings, (session, text) =>
    protocol.take(session, text),
  );
  let leaving: Promise<void> | undefined;
  const upgrade = (request: IncomingMessage, duplex: Duplex, head: Buffer) => {
    const refusal = request.url?.split('?')[0] !== '/graphql' ? NOT_FOUND : leaving && UNAVAILABLE;
    if (refusal) {
      duplex.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\n\r\n`);
      return;
    }
    duplex.on('error', destroy);
    server.handleUpgrade(request, duplex, head, (socket) => {
      // From here on it is the socket's own.
      duplex.off('error', destroy);
      sockets.add(socket, duplex);
    });
  };
  app.server.on('upgrade', upgrade);
  const farewell = () => {
    leaving ??= sockets.farewell();
    return leaving;
  };
  app.addHook('preClose', farewell);
  return { sockets: () => sockets.size, farewell };
}
