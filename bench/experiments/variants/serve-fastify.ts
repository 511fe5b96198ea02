import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { productModule } from '../../shared/product-module.ts';
import type { Parts } from '../open-parts.ts';

type Refuse = typeof import('../../../src/http/refuse-request.ts');

const BODY_LIMIT = 16 * 1024 * 1024;

/** Serves with Fastify set up as the product's own `server.ts` does, and tells the parent process where. */
export async function serveFastify(
  { logger, report }: Parts,
  route: (app: FastifyInstance) => void | Promise<void>,
): Promise<void> {
  const { refuseAddress, registerRefusals } = await productModule<Refuse>('http/refuse-request.js');
  const app: FastifyInstance = Fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    frameworkErrors: refuseAddress,
  });
  registerRefusals(app, report);
  await route(app);
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  process.stdout.write(`listening at ${address}/graphql\n`);
}
