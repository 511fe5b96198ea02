import type { FastifyRequest } from 'fastify';
import type { OperationContext } from '../../../src/http/documents/operation-plugin.ts';
import { productModule } from '../../shared/product-module.ts';
import type { Parts } from '../open-parts.ts';

type HttpContext = typeof import('../../../src/http/documents/http-context.ts');

/** What the product's own reading of a request needs of it. */
export type Request = Pick<FastifyRequest, 'method' | 'url' | 'headers' | 'ip' | 'body'>;

/** Makes contexts as the product does. */
export async function openContext({
  house,
  operations,
}: Parts): Promise<(request: Request) => Promise<OperationContext>> {
  const { createHttpContext } = await productModule<HttpContext>('http/documents/http-context.js');
  return (request) => createHttpContext(house, operations, request as FastifyRequest);
}
