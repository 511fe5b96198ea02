import { join } from 'node:path';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import type { GraphQLError } from 'graphql';
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
import { registerInquiryIntake } from './http/inquiry-intake.js';
import { presentError } from './http/present-error.js';
import { refuseAddress, registerRefusals } from './http/refuse-request.js';
import { registerReportFiles } from './http/report-files.js';
import { trustOf } from './http/trust-of.js';
import { registerWebForms } from './http/web-forms.js';
import { buildGraph } from './resolvers/graph.js';
import { LiveHub } from './resolvers/shared/live/live-hub.js';
import { ComparedPlans } from './resolvers/shared/planning/compared-plans.js';
import { OperationPlans } from './resolvers/shared/planning/operation-plans.js';
import { type Draws, systemDraws } from './services/distribution/draws.js';
import { AccessTokens } from './services/identity/access-tokens.js';
import { Authenticator } from './services/identity/authenticate.js';
import { PasswordBudget } from './services/identity/password-budget.js';
import { SecretBox } from './services/integrations/webhooks/secret-box.js';
import { Webhooks } from './services/integrations/webhooks/webhooks.js';
import { clientOf } from './services/shared/access/client.js';
import { Database } from './services/shared/database/database.js';
import { migrate } from './services/shared/database/migrate.js';
import { connectOrm } from './services/shared/database/orm.js';
import { adoptLog } from './services/shared/events/adopt-log.js';
import { announceOn } from './services/shared/events/announce.js';
import { FeedLog } from './services/shared/events/feed-log.js';
import { FeedFollower } from './services/shared/live/feed-follower.js';
import { ReaderLease } from './services/shared/live/reader-lease.js';
import { RedisBus } from './services/shared/live/redis-bus.js';
import { SharedLog } from './services/shared/live/shared-log.js';
import { Tables } from './services/shared/read/table.js';
import { Calendar } from './services/shared/time/calendar.js';
import { type Clock, systemClock } from './services/shared/time/clock.js';
import { within } from './services/shared/time/within.js';

/** The largest GraphQL request, in bytes: a batch of 10,000 calls is about 3 MB. */
const BODY_LIMIT = 16 * 1024 * 1024;

/** How often connections are let go of whose last request has been answered, when the process ends, in milliseconds. */
const IDLE_SWEEP_MS = 50;

/** How long requests under way are waited for when the process ends, before and after they are cut off, in milliseconds. */
const REQUESTS_MS = 8_000;
const CUT_REQUESTS_MS = 1_000;

/** How long what follows the event log may take to leave off, in milliseconds. */
const FEED_STOP_MS = 2_000;

/** How soon the database has to answer for the process to be ready, in milliseconds. */
const READY_MS = 1_500;

/** The product, built and not yet listening. */
export interface Server {
  readonly app: FastifyInstance;
  readonly house: House;
  /** The graph, and the documents that were asked of it. */
  readonly operations: Operations;
  /** All subscriptions of this process. */
  readonly hub: LiveHub;
  /** Undefined where only the resolvers answer. */
  readonly plans: OperationPlans | undefined;
  /** Called when what a first start loads is in: from then on `/readyz` says so. */
  markReady(): void;
  /** Called when the process is to end: from then on `/readyz` says so, while what it does beside ends first. */
  markEnding(): void;
  /** Finishes what is under way, tells sockets to go elsewhere, and lets go of the database. */
  close(): Promise<void>;
}

/** What a server is built with beside its configuration. */
export interface ServerParts {
  readonly databaseUrl: string;
  readonly jwtSecret: string;
  readonly logger: Logger;
  readonly clock?: Clock;
  /** What chance draws from; the system's own randomness when left out. */
  readonly draws?: Draws;
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

/** What follows the event log, and what is told of it. */
interface OpenFeed {
  readonly feed: FeedFollower;
  readonly installation: string;
  /** How often this process has read the log. */
  reads(): number;
  /** Whether it reads the log by itself now. */
  isReader(): boolean;
  stop(): Promise<void>;
}

/** Begins to hear what is recorded: by itself, or together with the other nodes of one Redis. */
async function openFeed(
  { redisUrl }: Config,
  database: Database,
  { databaseUrl, logger }: ServerParts,
  report: (error: unknown) => void,
): Promise<OpenFeed> {
  const log = new FeedLog(database);
  const installation = await log.installation();
  const words = { info: (text: string) => logger.info(text), warn: (text: string) => logger.warn(text) };
  const shared =
    redisUrl === undefined
      ? undefined
      : new SharedLog(log, new RedisBus(redisUrl, installation, words), new ReaderLease(databaseUrl, report));
  const feed = new FeedFollower(shared ?? log, databaseUrl, report);
  if (shared) shared.onNews = () => feed.look();
  await feed.start();
  shared?.start();
  return {
    feed,
    installation,
    reads: () => log.reads,
    isReader: () => shared?.readsItself ?? feed.position !== undefined,
    stop: async () => {
      await feed.stop();
      await shared?.stop();
    },
  };
}

/** Connects to the database and brings its tables, and its event log, up to date. */
async function openDatabase(config: Config, { databaseUrl, logger, clock }: ServerParts): Promise<Database> {
  const orm = await connectOrm(databaseUrl, config.databasePoolSize);
  await migrate(orm);
  const settings = { calendar: new Calendar(config.timeZone), currency: config.currency };
  const database = await Database.over(orm, settings, clock ?? systemClock);
  const { renewed, warning } = await adoptLog(database);
  if (renewed) logger.warn('The database was restored, copied or failed over: cursors of before get a gap.');
  if (warning) logger.warn(warning);
  return database;
}

/** The HTTP server, with nothing to serve yet. */
function openHttp({ trustProxy }: Config, logger: Logger, report: (error: unknown) => void): FastifyInstance {
  const app: FastifyInstance = Fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    trustProxy: trustOf(trustProxy),
    frameworkErrors: refuseAddress,
  });
  registerRefusals(app, report);
  registerGraphiql(app);
  return app;
}

/**
 * Ends when the requests under way are answered, or have taken too long; a connection that is kept open for more of them
 * is not waited for.
 */
async function closeHttp(app: FastifyInstance): Promise<void> {
  const timer = setInterval(() => app.server.closeIdleConnections(), IDLE_SWEEP_MS);
  try {
    const closed = app.close();
    if (await within(closed, REQUESTS_MS)) return;
    app.server.closeAllConnections();
    await within(closed, CUT_REQUESTS_MS);
  } finally {
    clearInterval(timer);
  }
}

/** Connects to the database, brings its tables up to date, and builds all that answers requests. */
export async function buildServer(config: Config, parts: ServerParts): Promise<Server> {
  const operations = await openOperations(config);
  const report = (error: unknown) => parts.logger.error({ err: error }, 'unexpected failure');
  const database = await openDatabase(config, parts);
  announceOn(database, report);
  const log = await openFeed(config, database, parts, report);
  const house: House = {
    database,
    tables: new Tables(database.orm),
    authenticator: new Authenticator(database, new AccessTokens(parts.jwtSecret)),
    passwordBudget: new PasswordBudget(config.passwordChecksPerMinute, database.clock),
    feed: log.feed,
    installation: log.installation,
    draws: parts.draws ?? systemDraws,
    webhooks: new Webhooks({
      jwtSecret: parts.jwtSecret,
      ...config.webhooks,
      note: (detail) => parts.logger.info({ detail }, 'a webhook’s host was refused'),
    }),
    intakeSecrets: new SecretBox(parts.jwtSecret, 'source intake secrets'),
  };
  let ready = false;
  const app = openHttp(config, parts.logger, report);
  const plans = openPlans(config, house, operations, report);
  await registerGraphqlHttp(app, house, operations, plans, report);
  const present = (error: GraphQLError) => presentError(error.toJSON(), error, report);
  const hub = new LiveHub(
    { house, plans: config.readPlans, present, report },
    { queued: config.maxQueuedEvents, subscriptionsOfOne: config.sockets.subscriptionsOfOne },
  );
  const { sockets, farewell } = registerGraphqlSocket(app, {
    house,
    hub,
    operations,
    settings: config.sockets,
    mostQueued: config.maxQueuedEvents,
    present,
    report,
  });
  const contextOf = async ({ headers, ip }: FastifyRequest) =>
    createContext(house, (await house.authenticator.authenticate(headers.authorization)).actor, clientOf(ip, headers));
  await registerFiles(app, { contextOf, directory: join(config.dataDir, 'files'), maxBytes: config.maxUploadBytes });
  registerReportFiles(app, { contextOf });
  await registerInquiryIntake(app, house, config.intake);
  const formCounts = await registerWebForms(app, { house, limits: config.forms, jwtSecret: parts.jwtSecret });
  registerHealth(app, {
    sockets,
    subscriptions: () => hub.subscriptions,
    channels: () => hub.channels,
    feedReads: log.reads,
    isReader: log.isReader,
    webhooks: () => ({ ...house.webhooks.counts }),
    forms: () => ({ ...formCounts }),
    queries: () => plans?.counts ?? { planned: 0, resolved: 0 },
    isReady: async () => (await database.answersWithin(READY_MS)) && ready,
  });
  return {
    app,
    house,
    operations,
    plans,
    hub,
    markReady: () => {
      ready = true;
    },
    markEnding: () => {
      ready = false;
    },
    close: async () => {
      ready = false;
      // Requests are answered meanwhile: who watches readiness sends no more of them.
      await farewell();
      await closeHttp(app);
      await within(log.stop(), FEED_STOP_MS);
      await database.close();
    },
  };
}
