import type { FastifyInstance } from 'fastify';
import { type Measured, Metrics } from './metrics.js';

/** What the process says of itself to those who watch it: `/healthz`, `/readyz`, `/metrics`. */
export function registerHealth(
  app: FastifyInstance,
  watched: Measured & { readonly isReady: () => Promise<boolean> },
): void {
  const metrics = new Metrics(watched);
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.observeRequest({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    done();
  });
  app.get('/healthz', async () => ({ status: 'alive' }));
  app.get('/readyz', async (_request, reply) => {
    const ready = await watched.isReady().catch(() => false);
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
  app.get('/metrics', async (_request, reply) => {
    const { contentType, text } = await metrics.read();
    return reply.type(contentType).send(text);
  });
}
