import type { FastifyRequest } from 'fastify';
import { createContext, type House } from '../../context.js';
import { anonymous } from '../../services/shared/access/actor.js';
import type { OperationContext } from './operation-plugin.js';
import { operationRequestOf, operationRequestOfUrl } from './operation-request.js';
import type { Operations } from './operations.js';

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
  const refused = !asked || asked.faults.length > 0;
  const actor = refused ? anonymous() : (await house.authenticator.authenticate(request.headers.authorization)).actor;
  return { ...createContext(house, actor, request.ip), asked };
}
