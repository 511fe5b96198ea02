import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { House } from '../context.js';
import type { QueryCounts } from '../resolvers/shared/planning/operation-plans.js';

/** What the process says of itself to those who watch it: `/healthz`, `/readyz`, `/metrics`. */
export function registerHealth(
  app: FastifyInstance,
  house: House,
  watched: {
    readonly isReady: () => Promise<boolean>;
    readonly sockets: () => number;
    readonly queries: () => QueryCounts;
  },
): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'switchboard_http_request_duration_seconds',
    help: 'How long HTTP requests took, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  new Gauge({
    name: 'switchboard_websocket_connections',
    help: 'Sockets that are open.',
    registers: [registry],
    collect() {
      this.set(watched.sockets());
    },
  });
  new Gauge({
    name: 'switchboard_subscriptions',
    help: 'Subscriptions that follow the event log.',
    registers: [registry],
    collect() {
      this.set(house.feed.listeners);
    },
  });
  new Counter({
    name: 'switchboard_queries_total',
    help: 'Queries answered, by who answered them: a plan in one statement, or the resolvers.',
    labelNames: ['answered_by'],
    registers: [registry],
    collect() {
      this.reset();
      const { planned, resolved } = watched.queries();
      this.inc({ answered_by: 'plan' }, planned);
      this.inc({ answered_by: 'resolvers' }, resolved);
    },
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    done();
  });
  app.get('/healthz', async () => ({ status: 'alive' }));
  app.get('/readyz', async (_request, reply) => {
    const ready = await watched.isReady().catch(() => false);
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}
