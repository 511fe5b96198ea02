import { GraphQLError } from 'graphql';
import {
  CloseCode,
  type ConnectionInitMessage,
  type Message,
  MessageType,
  type PingMessage,
  parseMessage,
  type SubscribeMessage,
} from 'graphql-ws';
import type { LiveHub } from '../../resolvers/shared/live/live-hub.js';
import { ErrorCode } from '../../services/shared/errors/error-code.js';
import { refuse } from '../../services/shared/errors/refusal.js';
import type { Operations } from '../documents/operations.js';
import { readSubscription } from '../read-subscription.js';
import { SOCKET_CLOSE } from '../socket-close.js';
import { LiveStream } from './live-stream.js';
import type { SocketSession } from './socket-session.js';

const INVALID = { code: CloseCode.BadRequest, reason: 'Invalid message received' };
const TOO_MANY = { code: CloseCode.TooManyInitialisationRequests, reason: 'Too many initialisation requests' };
const KNOWN_ID = { code: CloseCode.SubscriberAlreadyExists, reason: 'A subscriber with this id already exists' };

/** A longer payload of a ping is not given back, in characters. */
const LONGEST_ECHO = 1_000;

function authorizationOf(params: unknown): string | undefined {
  const { Authorization, authorization = Authorization } = (params ?? {}) as Record<string, unknown>;
  return typeof authorization === 'string' ? authorization : undefined;
}

function read(text: string): Message | undefined {
  try {
    return parseMessage(text);
  } catch {
    return undefined;
  }
}

/**
 * The server's side of graphql-transport-ws, for subscriptions alone; messages and codes are graphql-ws's own.
 *
 * It keeps nothing of a socket but its session: graphql-ws's server waits in functions of its own for each socket and
 * subscription, five kilobytes of them (docs/decisions/0014).
 *
 * @see https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
 */
export class SocketProtocol {
  constructor(
    private readonly operations: Operations,
    private readonly hub: LiveHub,
    /** Subscriptions of one socket. */
    private readonly most: number,
    private readonly report: (error: unknown) => void,
  ) {}

  /** Takes a message of a client. */
  take(session: SocketSession, text: string): void {
    this.#take(session, text).catch((error: unknown) => {
      this.report(error);
      session.close(SOCKET_CLOSE.FAILED);
    });
  }

  async #take(session: SocketSession, text: string): Promise<void> {
    if (session.state === 'closed') return;
    const message = read(text);
    switch (message?.type) {
      case MessageType.ConnectionInit:
        return this.#admit(session, message);
      case MessageType.Ping:
        return this.#answer(session, message);
      case MessageType.Pong:
        return undefined;
      case MessageType.Subscribe:
        return this.#subscribe(session, message);
      case MessageType.Complete:
        return session.streams.get(message.id)?.end();
      default:
        return session.close(INVALID);
    }
  }

  async #admit(session: SocketSession, { payload }: ConnectionInitMessage): Promise<void> {
    if (session.state !== 'new') {
      session.close(TOO_MANY);
      return;
    }
    session.state = 'admitting';
    if (!(await session.admit(authorizationOf(payload)))) return;
    if (session.state !== 'admitting') return;
    session.state = 'open';
    session.idleSince = Date.now();
    session.say({ type: MessageType.ConnectionAck });
  }

  /** A ping may carry a new token: what became of it is answered in the token's place. */
  async #answer(session: SocketSession, { payload }: PingMessage): Promise<void> {
    const authorization = session.state === 'open' ? authorizationOf(payload) : undefined;
    if (authorization === undefined) {
      const echoed = session.state === 'open' && payload && JSON.stringify(payload).length <= LONGEST_ECHO;
      session.say(echoed ? { type: MessageType.Pong, payload } : { type: MessageType.Pong });
      return;
    }
    const renewal = await session.renew(authorization);
    if (renewal) session.say({ type: MessageType.Pong, payload: { ...renewal } });
  }

  async #subscribe(session: SocketSession, { id, payload }: SubscribeMessage): Promise<void> {
    if (session.state !== 'open') return session.close(SOCKET_CLOSE.UNAUTHORIZED);
    if (session.streams.has(id)) return session.close(KNOWN_ID);
    const stream = new LiveStream(session, id);
    session.streams.set(id, stream);
    try {
      if (session.streams.size > this.most) {
        throw refuse(ErrorCode.LIMIT_EXCEEDED, `A socket may have at most ${this.most} subscriptions.`);
      }
      const read = readSubscription(this.operations, payload);
      if ('faults' in read) throw new AggregateError(read.faults);
      stream.extensions = read.extensions?.text;
      const { operation, variables, after } = read;
      stream.carry(await this.hub.open(session, { operation, variables, after, sink: stream }));
    } catch (error) {
      stream.refuse(error);
    }
  }
}

/** The errors that a failure tells a client of. */
export function errorsOf(error: unknown): readonly GraphQLError[] {
  if (error instanceof AggregateError) return error.errors as GraphQLError[];
  if (error instanceof GraphQLError) return [error];
  return [new GraphQLError((error as Error).message, { originalError: error as Error })];
}
