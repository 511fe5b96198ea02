import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { openGraphiqlAssets, WEB_DIRECTORY } from './graphiql.assets.js';

const PATH = '/graphql';
const DECOMPRESS = promisify(gunzip);

/**
 * Nothing but what this server serves. Styles are the exception: Monaco, the editor inside GraphiQL, writes its own
 * style elements while it runs, and its fonts and cursors are data addresses in the style sheet.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A query in the address is for the GraphQL server, whoever asks: GraphQL over HTTP with GET. */
const OPERATION_IN_ADDRESS = /[?&](query|extensions)=/;

/** Whether the request is a browser's that opens the address, as against a client's that runs an operation. */
function asksForPage(request: IncomingMessage): boolean {
  return (
    request.headers.accept?.includes('text/html') === true &&
    request.headers.upgrade === undefined &&
    !OPERATION_IN_ADDRESS.test(request.url ?? '')
  );
}

/**
 * Serves GraphiQL to browsers at `GET /graphql`, and its files under `/graphql/assets/`.
 *
 * The page is a route of its own with the constraint `graphiql`, which only a browser's request meets. The GraphQL
 * server's route on the same address has no constraint, gets all the rest, and may be registered before or after.
 * Apollo's landing page has to be off: it would answer a browser's `GET /graphql?query=…`, from a CDN.
 */
export function registerGraphiql(app: FastifyInstance): void {
  const assets = openGraphiqlAssets();
  const page = readFileSync(join(WEB_DIRECTORY, 'page.html'), 'utf8').replaceAll('{{version}}', assets.version);

  app.addConstraintStrategy({
    name: 'graphiql',
    storage: () => {
      const handlers = new Map();
      return {
        get: (value) => handlers.get(value) ?? null,
        set: (value, handler) => handlers.set(value, handler),
      };
    },
    deriveConstraint: (request) => (asksForPage(request) ? 'page' : undefined),
  });

  app.get(PATH, { constraints: { graphiql: 'page' } }, (_request, reply) =>
    reply
      .header('content-security-policy', CONTENT_SECURITY_POLICY)
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'no-cache')
      .header('vary', 'accept')
      .type('text/html; charset=utf-8')
      .send(page),
  );

  app.get<{ Params: { version: string; name: string } }>(`${PATH}/assets/:version/:name`, async (request, reply) => {
    const { version, name } = request.params;
    const asset = version === assets.version ? await assets.find(name) : undefined;
    if (!asset) return reply.callNotFound();
    reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('x-content-type-options', 'nosniff')
      .header('vary', 'accept-encoding')
      .type(asset.contentType);
    if (!request.headers['accept-encoding']?.includes('gzip')) return reply.send(await DECOMPRESS(asset.gzipped));
    return reply.header('content-encoding', 'gzip').send(asset.gzipped);
  });
}
