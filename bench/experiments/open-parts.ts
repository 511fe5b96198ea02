import { type Logger, pino } from 'pino';
import type { House } from '../../src/context.ts';
import type { Operations } from '../../src/http/documents/operations.ts';
import type { OperationPlans } from '../../src/resolvers/shared/planning/operation-plans.ts';
import { productModule } from '../shared/product-module.ts';

/** What the product is made of, for a variant to put together. */
export interface Parts {
  readonly house: House;
  readonly operations: Operations;
  /** Undefined where only the resolvers are to answer. */
  readonly plans: OperationPlans | undefined;
  readonly logger: Logger;
  readonly report: (error: unknown) => void;
}

/** Opens the built product's parts as its own server does, by the settings in the environment. */
export async function openParts(): Promise<Parts> {
  const { readConfig } = await productModule<typeof import('../../src/config.ts')>('config.js');
  const config = readConfig(process.env);
  const logger = pino({ level: config.logLevel });
  const report = (error: unknown) => logger.error({ err: error }, 'unexpected failure');
  const house = await openHouse(config, report);
  const operations = await openOperations(config);
  const { OperationPlans: Plans } = await productModule<
    typeof import('../../src/resolvers/shared/planning/operation-plans.ts')
  >('resolvers/shared/planning/operation-plans.js');
  const plans = config.readPlans === 'off' ? undefined : new Plans(operations.schema, house, report);
  return { house, operations, plans, logger, report };
}

type Config = ReturnType<typeof import('../../src/config.ts').readConfig>;

async function openHouse(config: Config, report: Parts['report']): Promise<House> {
  const load = {
    orm: await productModule<typeof import('../../src/services/shared/database/orm.ts')>(
      'services/shared/database/orm.js',
    ),
    database: await productModule<typeof import('../../src/services/shared/database/database.ts')>(
      'services/shared/database/database.js',
    ),
    calendar: await productModule<typeof import('../../src/services/shared/time/calendar.ts')>(
      'services/shared/time/calendar.js',
    ),
    clock: await productModule<typeof import('../../src/services/shared/time/clock.ts')>(
      'services/shared/time/clock.js',
    ),
    feedLog: await productModule<typeof import('../../src/services/shared/events/feed-log.ts')>(
      'services/shared/events/feed-log.js',
    ),
    feed: await productModule<typeof import('../../src/services/shared/live/feed-follower.ts')>(
      'services/shared/live/feed-follower.js',
    ),
    table: await productModule<typeof import('../../src/services/shared/read/table.ts')>(
      'services/shared/read/table.js',
    ),
    authenticate: await productModule<typeof import('../../src/services/identity/authenticate.ts')>(
      'services/identity/authenticate.js',
    ),
    tokens: await productModule<typeof import('../../src/services/identity/access-tokens.ts')>(
      'services/identity/access-tokens.js',
    ),
    webhooks: await productModule<typeof import('../../src/services/integrations/webhooks/webhooks.ts')>(
      'services/integrations/webhooks/webhooks.js',
    ),
    budget: await productModule<typeof import('../../src/services/identity/password-budget.ts')>(
      'services/identity/password-budget.js',
    ),
    secretBox: await productModule<typeof import('../../src/services/integrations/webhooks/secret-box.ts')>(
      'services/integrations/webhooks/secret-box.js',
    ),
    draws: await productModule<typeof import('../../src/services/distribution/draws.ts')>(
      'services/distribution/draws.js',
    ),
  };
  const { systemClock } = load.clock;
  const orm = await load.orm.connectOrm(config.databaseUrl!, config.databasePoolSize);
  const settings = { calendar: new load.calendar.Calendar(config.timeZone), currency: config.currency };
  const database = await load.database.Database.over(orm, settings, systemClock);
  const log = new load.feedLog.FeedLog(database);
  const feed = new load.feed.FeedFollower(log, config.databaseUrl!, report);
  await feed.start();
  return {
    database,
    tables: new load.table.Tables(orm),
    authenticator: new load.authenticate.Authenticator(database, new load.tokens.AccessTokens(config.jwtSecret!)),
    passwordBudget: new load.budget.PasswordBudget(config.passwordChecksPerMinute, systemClock),
    feed,
    installation: await log.installation(),
    webhooks: new load.webhooks.Webhooks({ jwtSecret: config.jwtSecret!, ...config.webhooks }),
    draws: load.draws.systemDraws,
    intakeSecrets: new load.secretBox.SecretBox(config.jwtSecret!, 'source intake secrets'),
  };
}

async function openOperations(config: Config): Promise<Operations> {
  const { buildGraph } = await productModule<typeof import('../../src/resolvers/graph.ts')>('resolvers/graph.js');
  const { openDocumentSource } = await productModule<typeof import('../../src/http/documents/open-document-source.ts')>(
    'http/documents/open-document-source.js',
  );
  const { Operations: Asked } =
    await productModule<typeof import('../../src/http/documents/operations.ts')>('http/documents/operations.js');
  const schema = buildGraph();
  return new Asked(schema, config.limits, await openDocumentSource(schema, config));
}
