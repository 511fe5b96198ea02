import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { type ExecutionArgs, GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { House } from '../context.js';
import type { Authentication } from '../services/identity/authenticate.js';
import { ErrorCode } from '../services/shared/errors/error-code.js';
import { type Refusal, refuse } from '../services/shared/errors/refusal.js';
import type { OperationExtensions } from './documents/operation-extensions.js';
import type { Operations } from './documents/operations.js';
import { presentError } from './present-error.js';
import { readSubscription } from './read-subscription.js';
import { SOCKET_CLOSE } from './socket-close.js';
import { closeSocket, createStreamContext } from './socket-stream.js';

/** The largest message that a client may send, in bytes. */
const LARGEST_MESSAGE = 128 * 1024;
/** How long a client may take to say who it is, in milliseconds. */
const INIT_WAIT_MS = 5_000;
/** How often a client is asked whether it is there, in milliseconds. */
const PING_MS = 15_000;
/** How many subscriptions one socket may have. */
const MOST_SUBSCRIPTIONS = 100;
/** A timer that Node can hold, in milliseconds. */
const LONGEST_TIMER_MS = 2_147_483_647;

const asGraphqlError = (refusal: Refusal) => new GraphQLError(refusal.message, { originalError: refusal });
const refusal = (code: ErrorCode, message: string) => [asGraphqlError(refuse(code, message))];

const authorizationOf = (params: Readonly<Record<string, unknown>> | undefined): string | undefined => {
  const value = params?.Authorization ?? params?.authorization;
  return typeof value === 'string' ? value : undefined;
};

interface SocketExtra extends Record<PropertyKey, unknown> {
  authorization?: string | undefined;
  expiry?: NodeJS.Timeout | undefined;
}

/** Ends a socket when the token that opened it ends. */
function closeAtExpiry(socket: WebSocket, expiresAt: Authentication['expiresAt']): NodeJS.Timeout | undefined {
  if (!expiresAt) return undefined;
  const left = Math.min(Math.max(0, expiresAt.getTime() - Date.now()), LONGEST_TIMER_MS);
  return setTimeout(() => closeSocket(socket, SOCKET_CLOSE.UNAUTHORIZED), left).unref();
}

/** Lets a client in whose token holds, or who sends none; one whose token does not hold is sent away with the reason. */
async function admit(house: House, extra: SocketExtra & Extra, authorization: string | undefined): Promise<boolean> {
  extra.authorization = authorization;
  if (authorization === undefined) return true;
  const { actor, expiresAt } = await house.authenticator.authenticate(authorization);
  if (actor.kind === 'anonymous') {
    closeSocket(extra.socket, { ...SOCKET_CLOSE.UNAUTHORIZED, reason: actor.refusal ?? 'Unauthorized' });
    return false;
  }
  extra.expiry = closeAtExpiry(extra.socket, expiresAt);
  return true;
}

/** Serves subscriptions at `/graphql` over graphql-transport-ws. */
export function registerGraphqlSocket(
  app: FastifyInstance,
  house: House,
  operations: Operations,
  report: (error: unknown) => void,
): { readonly sockets: () => number } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });
  // The size of an operation goes with its first message.
  const untold = new WeakMap<SubscribePayload, OperationExtensions>();
  const present = (errors: readonly GraphQLError[]): GraphQLFormattedError[] =>
    errors.map((error) => presentError(error.toJSON(), error, report));
  const cleanup = useServer<Record<string, unknown>, SocketExtra>(
    {
      // Else graphql-ws tells the client what failed inside, in the reason of the close.
      isProd: true,
      connectionInitWaitTimeout: INIT_WAIT_MS,
      onConnect: async ({ connectionParams, extra }) => {
        try {
          return await admit(house, extra, authorizationOf(connectionParams));
        } catch (error) {
          report(error);
          closeSocket(extra.socket, SOCKET_CLOSE.FAILED);
          return false;
        }
      },
      onSubscribe: async ({ extra, subscriptions }, _id, payload) => {
        if (Object.keys(subscriptions).length > MOST_SUBSCRIPTIONS) {
          return refusal(ErrorCode.LIMIT_EXCEEDED, `A socket may have at most ${MOST_SUBSCRIPTIONS} subscriptions.`);
        }
        try {
          const read = readSubscription(operations, payload);
          if ('faults' in read) return read.faults;
          const { actor } = await house.authenticator.authenticate(extra.authorization);
          const address = extra.request.socket.remoteAddress ?? '';
          if (read.extensions) untold.set(payload, read.extensions);
          const args: ExecutionArgs = {
            schema: operations.schema,
            document: read.document,
            operationName: payload.operationName,
            variableValues: payload.variables,
            contextValue: createStreamContext(house, extra.socket, extra.authorization, actor, address),
          };
          return args;
        } catch (error) {
          report(error);
          return refusal(ErrorCode.INTERNAL, 'Something failed on our side.');
        }
      },
      onError: (_context, _id, _payload, errors) => present(errors),
      onNext: (_context, _id, payload, _args, result) => {
        const extensions = untold.get(payload);
        untold.delete(payload);
        if (!result.errors && !extensions) return undefined;
        return {
          ...result,
          ...(result.errors ? { errors: present(result.errors) } : {}),
          ...(extensions ? { extensions: { ...result.extensions, ...extensions } } : {}),
        };
      },
      onClose: ({ extra }) => clearTimeout(extra.expiry),
    },
    sockets,
    PING_MS,
  );
  const upgrade = (request: IncomingMessage, socket: import('node:stream').Duplex, head: Buffer) => {
    if (request.url?.split('?')[0] !== '/graphql') {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    socket.on('error', () => socket.destroy());
    sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
  };
  app.server.on('upgrade', upgrade);
  app.addHook('preClose', async () => {
    app.server.off('upgrade', upgrade);
    for (const socket of sockets.clients) closeSocket(socket, SOCKET_CLOSE.GOING_AWAY);
    await cleanup.dispose();
  });
  return { sockets: () => sockets.clients.size };
}
