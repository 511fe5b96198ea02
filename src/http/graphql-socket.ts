import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import {
  type DocumentNode,
  type ExecutionArgs,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  OperationTypeNode,
  parse,
  validate,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { House } from '../context.js';
import { excessOf, type OperationLimits, OperationMeter } from '../resolvers/shared/operation-limits.js';
import type { Authentication } from '../services/identity/authenticate.js';
import { ErrorCode } from '../services/shared/errors/error-code.js';
import { MOST_TOKENS } from './graphql-http.js';
import { presentError } from './present-error.js';
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

const refusal = (code: string, message: string) => [new GraphQLError(message, { extensions: { code } })];

/** Reads a subscription and holds it against the rules that HTTP has. */
function readSubscription(
  schema: GraphQLSchema,
  limits: OperationLimits,
  payload: SubscribePayload,
): { document: DocumentNode } | { errors: readonly GraphQLError[] } {
  let document: DocumentNode;
  try {
    document = parse(payload.query, { maxTokens: MOST_TOKENS });
  } catch (error) {
    return { errors: [error as GraphQLError] };
  }
  const faults = validate(schema, document);
  if (faults.length > 0) return { errors: faults };
  const operation = getOperationAST(document, payload.operationName);
  if (!operation) return { errors: refusal(ErrorCode.BAD_USER_INPUT, 'The document has no such operation.') };
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION) {
    return {
      errors: refusal(
        ErrorCode.BAD_USER_INPUT,
        'The WebSocket serves subscriptions only; send queries and mutations over HTTP.',
      ),
    };
  }
  let excess: Error | undefined;
  try {
    excess = excessOf(new OperationMeter(schema, document, payload.variables ?? {}).measure(operation), limits);
  } catch (error) {
    return { errors: [error as GraphQLError] };
  }
  return excess ? { errors: [new GraphQLError(excess.message, { originalError: excess })] } : { document };
}

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

/** Serves subscriptions at `/graphql` over graphql-transport-ws. */
export function registerGraphqlSocket(
  app: FastifyInstance,
  house: House,
  schema: GraphQLSchema,
  limits: OperationLimits,
  report: (error: unknown) => void,
): { readonly sockets: () => number } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });
  const present = (errors: readonly GraphQLError[]): GraphQLFormattedError[] =>
    errors.map((error) => presentError(error.toJSON(), error, report));
  const cleanup = useServer<Record<string, unknown>, SocketExtra>(
    {
      connectionInitWaitTimeout: INIT_WAIT_MS,
      onConnect: async ({ connectionParams, extra }) => {
        extra.authorization = authorizationOf(connectionParams);
        if (extra.authorization === undefined) return true;
        const { actor, expiresAt } = await house.authenticator.authenticate(extra.authorization);
        if (actor.kind === 'anonymous') {
          closeSocket(extra.socket, { ...SOCKET_CLOSE.UNAUTHORIZED, reason: actor.refusal ?? 'Unauthorized' });
          return false;
        }
        extra.expiry = closeAtExpiry(extra.socket, expiresAt);
        return true;
      },
      onSubscribe: async ({ extra, subscriptions }, _id, payload) => {
        if (Object.keys(subscriptions).length > MOST_SUBSCRIPTIONS) {
          return refusal(ErrorCode.LIMIT_EXCEEDED, `A socket may have at most ${MOST_SUBSCRIPTIONS} subscriptions.`);
        }
        const read = readSubscription(schema, limits, payload);
        if ('errors' in read) return read.errors;
        const { actor } = await house.authenticator.authenticate(extra.authorization);
        const address = extra.request.socket.remoteAddress ?? '';
        const args: ExecutionArgs = {
          schema,
          document: read.document,
          operationName: payload.operationName,
          variableValues: payload.variables,
          contextValue: createStreamContext(house, extra.socket, extra.authorization, actor, address),
        };
        return args;
      },
      onError: (_context, _id, _payload, errors) => present(errors),
      onNext: (_context, _id, _payload, _args, result) =>
        result.errors ? { ...result, errors: present(result.errors) } : undefined,
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
