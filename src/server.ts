import { join } from 'node:path';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import { type Config, ConfigError } from './config.js';
import { createContext, type House } from './context.js';
import { registerGraphiql } from './graphiql/graphiql.page.js';
import { openDocumentSource } from './http/documents/open-document-source.js';
import { Operations } from './http/documents/operations.js';
import { ManifestError } from './http/documents/read-manifest.js';
import { registerFiles } from './http/files.js';
import { registerGraphqlHttp } from './http/graphql-http.js';
import { registerGraphqlSocket } from './http/graphql-socket.js';
import { registerHealth } from './http/health.js';
import { refuseAddress, registerRefusals } from './http/refuse-request.js';
import { registerReportFiles } from './http/report-files.js';
import { buildGraph } from './resolvers/graph.js';
import { ComparedPlans } from './resolvers/shared/planning/compared-plans.js';
import { OperationPlans } from './resolvers/shared/planning/operation-plans.js';
import { AccessTokens } from './services/identity/access-tokens.js';
import { Authenticator } from './services/identity/authenticate.js';
import { PasswordBudget } from './services/identity/password-budget.js';
import { Database } from './services/shared/database/database.js';
import { migrate } from './services/shared/database/migrate.js';
import { connectOrm } from './services/shared/database/orm.js';
import { announceOn } from './services/shared/events/announce.js';
import { FeedLog } from './services/shared/events/feed-log.js';
import { FeedFollower } from './services/shared/live/feed-follower.js';
import { Tables } from './services/shared/read/table.js';
import { Calendar } from './services/shared/time/calendar.js';
import { type Clock, systemClock } from './services/shared/time/clock.js';

/** The largest GraphQL request, in bytes: a batch of 10,000 calls is about 3 MB. */
const BODY_LIMIT = 16 * 1024 * 1024;

/** The product, built and not yet listening. */
export interface Server {
  readonly app: FastifyInstance;
  readonly house: House;
  /** Undefined where only the resolvers answer. */
  readonly plans: OperationPlans | undefined;
  /** Called when what a first start loads is in: from then on `/readyz` says so. */
  markReady(): void;
  /** Finishes what is under way, tells sockets to go elsewhere, and lets go of the database. */
  close(): Promise<void>;
}

/** What a server is built with beside its configuration. */
export interface ServerParts {
  readonly databaseUrl: string;
  readonly jwtSecret: string;
  readonly logger: Logger;
  readonly clock?: Clock;
}

/**
 * Builds the graph, and reads the documents that may be asked of it.
 *
 * @throws ConfigError for a manifest of trusted documents that cannot be used
 */
async function openOperations(config: Config): Promise<Operations> {
  const schema = buildGraph();
  const source = await openDocumentSource(schema, config).catch((error: unknown) => {
    if (!(error instanceof ManifestError)) throw error;
    throw new ConfigError(`TRUSTED_DOCUMENTS (${config.trustedDocuments}) cannot be used: ${error.message}`);
  });
  return new Operations(schema, config.limits, source);
}

/** What answers queries by one statement each; undefined where only the resolvers are to answer. */
function openPlans(
  { readPlans }: Config,
  house: House,
  { schema }: Operations,
  report: (error: unknown) => void,
): OperationPlans | undefined {
  if (readPlans === 'off') return undefined;
  return readPlans === 'on' ? new OperationPlans(schema, house, report) : new ComparedPlans(schema, house, report);
}

/** Connects to the database, brings its tables up to date, and builds all that answers requests. */
export async function buildServer(config: Config, parts: ServerParts): Promise<Server> {
  const { databaseUrl, logger, clock = systemClock } = parts;
  const operations = await openOperations(config);
  const report = (error: unknown) => logger.error({ err: error }, 'unexpected failure');
  const orm = await connectOrm(databaseUrl, config.databasePoolSize);
  await migrate(orm);
  const database = await Database.over(
    orm,
    { calendar: new Calendar(config.timeZone), currency: config.currency },
    clock,
  );
  announceOn(database, report);
  const log = new FeedLog(database);
  const feed = new FeedFollower(log, databaseUrl, report, config.maxQueuedEvents);
  await feed.start();
  const house: House = {
    database,
    tables: new Tables(orm),
    authenticator: new Authenticator(database, new AccessTokens(parts.jwtSecret)),
    passwordBudget: new PasswordBudget(config.passwordChecksPerMinute, clock),
    feed,
    epoch: await log.epoch(),
  };
  let ready = false;
  const app: FastifyInstance = Fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    frameworkErrors: refuseAddress,
  });
  registerRefusals(app, report);
  registerGraphiql(app);
  const plans = openPlans(config, house, operations, report);
  await registerGraphqlHttp(app, house, operations, plans, report);
  const { sockets } = registerGraphqlSocket(app, house, operations, report);
  const contextOf = async (request: { headers: { authorization?: string | undefined }; ip: string }) =>
    createContext(house, (await house.authenticator.authenticate(request.headers.authorization)).actor, request.ip);
  await registerFiles(app, { contextOf, directory: join(config.dataDir, 'files'), maxBytes: config.maxUploadBytes });
  registerReportFiles(app, { contextOf });
  registerHealth(app, house, {
    sockets,
    queries: () => plans?.counts ?? { planned: 0, resolved: 0 },
    isReady: async () => {
      await database.pool.query('select');
      return ready;
    },
  });
  return {
    app,
    house,
    plans,
    markReady: () => {
      ready = true;
    },
    close: async () => {
      await app.close();
      await feed.stop();
      await database.close();
    },
  };
}
