import { pino } from 'pino';
import { readConfig } from '../../src/config.js';
import { buildServer, type Server } from '../../src/server.js';
import type { Database } from '../../src/services/shared/database/database.js';
import { type Product, send } from './product.js';
import { TEST_JWT_SECRET } from './sign-ins.js';

/** Another server on the database of a product, and of the same configuration but for what is told. */
export interface SecondServer {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** `ws://127.0.0.1:port/graphql` */
  readonly socketUrl: string;
  readonly server: Server;
  /** Its own connections to the database that both are on. */
  readonly database: Database;
  graphql: Product['graphql'];
  stop(): Promise<void>;
}

/** Starts one; it must be stopped before the product is. */
export async function startSecondServer(
  { databaseUrl, dataDir }: Product,
  env: NodeJS.ProcessEnv,
): Promise<SecondServer> {
  const config = readConfig({ NODE_ENV: 'test', DEMO: '0', DATA_DIR: dataDir, ...env });
  const logger = pino({ level: 'silent' });
  const server = await buildServer(config, { databaseUrl, jwtSecret: TEST_JWT_SECRET, logger });
  const url = await server.app.listen({ port: 0, host: '127.0.0.1' });
  return {
    url,
    socketUrl: `${url.replace('http', 'ws')}/graphql`,
    server,
    database: server.house.database,
    graphql: (document, variables, token) => send(url, document, variables, token),
    stop: () => server.close(),
  };
}
