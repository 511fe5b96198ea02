import type { FastifyRequest } from 'fastify';
import { OperationTypeNode } from 'graphql';
import { createContext, type House } from '../../context.js';
import { type Actor, anonymous } from '../../services/shared/access/actor.js';
import { clientOf } from '../../services/shared/access/client.js';
import { ErrorCode } from '../../services/shared/errors/error-code.js';
import { refuse } from '../../services/shared/errors/refusal.js';
import { encodeFeedCursor } from '../../services/shared/events/feed-cursor.js';
import { FeedLog } from '../../services/shared/events/feed-log.js';
import type { AskedOperation } from './asked-operation.js';
import { faultOf } from './document-fault.js';
import type { OperationContext } from './operation-plugin.js';
import { operationRequestOf, operationRequestOfUrl } from './operation-request.js';
import type { Operations } from './operations.js';

/** HTTP answers once: a subscription is refused, before anything else is found wrong with it. */
function refuseSubscription(asked: AskedOperation | undefined): void {
  if (asked?.operation?.node.operation !== OperationTypeNode.SUBSCRIPTION) return;
  asked.faults = [faultOf(refuse(ErrorCode.BAD_USER_INPUT, 'Subscriptions are served over the WebSocket.'))];
}

/**
 * Makes the context of an operation over HTTP.
 *
 * What it asks for is read first: an operation that is refused for its document or its size costs not even the
 * statement that tells who asks.
 */
export async function createHttpContext(
  house: House,
  operations: Operations,
  request: FastifyRequest,
): Promise<OperationContext> {
  const asked = operations.ask(
    request.method === 'POST' ? operationRequestOf(request.body) : operationRequestOfUrl(request.url),
  );
  refuseSubscription(asked);
  const refused = !asked || asked.faults.length > 0;
  const actor = refused ? anonymous() : (await house.authenticator.authenticate(request.headers.authorization)).actor;
  const feedCursor = !refused && asked.operation?.asksForPlace ? await readPlace(house, actor) : undefined;
  return { ...createContext(house, actor, clientOf(request.ip, request.headers), feedCursor), asked };
}

/** Nobody we know is refused it. */
async function readPlace({ database }: House, actor: Actor): Promise<string | undefined> {
  if (actor.kind === 'anonymous') return undefined;
  const end = await new FeedLog(database).end();
  return encodeFeedCursor(end.epoch, end);
}
