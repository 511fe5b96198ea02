import { Readable } from 'node:stream';
import type { ApolloServer, HTTPGraphQLRequest } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestHeaders } from './request-headers.js';

const SUCCESS = 200;

function toApollo(request: FastifyRequest): HTTPGraphQLRequest {
  const query = request.url.indexOf('?');
  return {
    method: request.method,
    headers: new RequestHeaders(request.headers),
    search: query < 0 ? '' : request.url.slice(query),
    body: request.body,
  };
}

/** Lets Apollo answer a request, and sends what it answered. */
export async function answerGraphql<Context extends object>(
  apollo: ApolloServer<Context>,
  request: FastifyRequest,
  reply: FastifyReply,
  context: () => Promise<Context>,
): Promise<FastifyReply> {
  const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: toApollo(request),
    context,
  });
  for (const [name, value] of headers) reply.header(name, value);
  return reply.code(status ?? SUCCESS).send(body.kind === 'complete' ? body.string : Readable.from(body.asyncIterator));
}
