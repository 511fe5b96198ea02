import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import {
  type DocumentNode,
  type ExecutionArgs,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
  validate,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { House } from '../context.js';
import { excessOf, measureOperation, type OperationLimits } from '../resolvers/shared/operation-limits.js';
import type { Authentication } from '../services/identity/authenticate.js';
import { ErrorCode } from '../services/shared/errors/error-code.js';
import { type Refusal, refuse } from '../services/shared/errors/refusal.js';
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

const asGraphqlError = (refusal: Refusal) => new GraphQLError(refusal.message, { originalError: refusal });
const refusal = (code: ErrorCode, message: string) => [asGraphqlError(refuse(code, message))];

/** Whether a root field may be left out by `@skip` or `@include`: a subscription is of exactly one. */
function isConditional(set: SelectionSetNode, document: DocumentNode): boolean {
  return set.selections.some((selection) => {
    if (selection.directives?.some(({ name }) => name.value === 'skip' || name.value === 'include')) return true;
    if (selection.kind === Kind.INLINE_FRAGMENT) return isConditional(selection.selectionSet, document);
    if (selection.kind === Kind.FIELD) return false;
    const fragment = document.definitions.find(
      (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value,
    ) as FragmentDefinitionNode;
    return isConditional(fragment.selectionSet, document);
  });
}

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
  if (isConditional(operation.selectionSet, document)) {
    return { errors: refusal(ErrorCode.BAD_USER_INPUT, 'A subscription’s field cannot depend on a condition.') };
  }
  const excess = excessOf(measureOperation(schema, document, operation, payload.variables), limits);
  return excess ? { errors: [asGraphqlError(excess)] } : { document };
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
  schema: GraphQLSchema,
  limits: OperationLimits,
  report: (error: unknown) => void,
): { readonly sockets: () => number } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });
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
        } catch (error) {
          report(error);
          return refusal(ErrorCode.INTERNAL, 'Something failed on our side.');
        }
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
