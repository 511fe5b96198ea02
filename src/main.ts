import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Logger } from 'pino';
import { type Config, ConfigError, readConfig } from './config.js';
import { buildServer } from './server.js';
import { loadDemo } from './services/demo/load-demo.js';
import { startDistributor } from './services/distribution/distributor.js';
import { ensureFirstAdmin } from './services/identity/ensure-first-admin.js';
import { startImportWorker } from './services/integrations/import-worker.js';
import { startWebhookDispatcher } from './services/integrations/webhooks/dispatcher.js';
import { BackgroundFailures } from './services/shared/database/background-failures.js';
import { openLogger } from './services/shared/logging/open-logger.js';
import { ClusterError } from './services/shared/postgres/cluster-error.js';
import { startCluster } from './services/shared/postgres/start-cluster.js';
import { openSecret } from './services/shared/settings/open-secret.js';

/** How long a database may take to answer at the start, in milliseconds. */
const REACH_TIMEOUT_MS = 10_000;

/** Takes a failure of what a setting names for a mistake in that setting, so that it is told in words. */
async function blaming<Result>(setting: string, attempt: Promise<Result>): Promise<Result> {
  return attempt.catch((error: Error) => {
    if (error instanceof ClusterError) throw error;
    throw new ConfigError(`${setting} cannot be used: ${error.message}`, { cause: error });
  });
}

/** Ends when the signal comes, and then as a failure: what waits for it goes no further. */
async function untilStopped(stopped: AbortSignal): Promise<never> {
  if (!stopped.aborted) await once(stopped, 'abort');
  throw stopped.reason;
}

/** Connects once, to find out whether it can be done. */
async function reach(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: REACH_TIMEOUT_MS });
  // What goes wrong is told by the failed call; an error without a listener would end the process.
  client.on('error', () => undefined);
  await client.connect();
  await client.end();
}

/**
 * Starts everything in turn. What has been started is left in `parts`, which ends it, the last first, also when the
 * start is broken off: PostgreSQL runs in a session of its own and would stay behind.
 */
async function start(config: Config, logger: Logger, parts: AsyncDisposableStack, stopped: AbortSignal): Promise<void> {
  await blaming(`DATA_DIR (${config.dataDir})`, mkdir(config.dataDir, { recursive: true }));
  const cluster = config.databaseUrl
    ? undefined
    : await startCluster({ directory: join(config.dataDir, 'postgres'), log: (line) => logger.info(line) });
  if (cluster) parts.defer(() => cluster.stop());
  stopped.throwIfAborted();

  const databaseUrl = config.databaseUrl ?? cluster!.url;
  const jwtSecret = config.jwtSecret ?? (await openSecret(join(config.dataDir, 'jwt-secret')));
  if (config.databaseUrl) await blaming('DATABASE_URL', reach(config.databaseUrl));
  const server = await buildServer(config, { databaseUrl, jwtSecret, logger });
  parts.defer(() => server.close());
  stopped.throwIfAborted();

  const { database } = server.house;
  if (config.firstAdmin) await ensureFirstAdmin(database, config.firstAdmin);
  const address = await blaming(
    `HOST and PORT (${config.host}, ${config.port})`,
    server.app.listen({ port: config.port, host: config.host }),
  );
  const worker = await startImportWorker(database, {
    directory: join(config.dataDir, 'files'),
    feedRetentionDays: config.feedRetentionDays,
    logger,
  });
  parts.defer(() => worker.stop());
  const reportOf = (part: string) => {
    const failures = new BackgroundFailures(part, database.pool, logger);
    parts.defer(() => failures.stop());
    return failures.report;
  };
  const dispatcher = await startWebhookDispatcher(database, server.house.webhooks, reportOf('webhooks'));
  parts.defer(() => dispatcher.stop());
  const distributor = await startDistributor(database, server.house.draws, reportOf('distribution'));
  parts.defer(() => distributor.stop());
  parts.defer(() => server.markEnding());
  stopped.throwIfAborted();

  if (config.demo) await Promise.race([loadDemo(database, (line) => logger.info(line)), untilStopped(stopped)]);
  server.markReady();
  announce(config, address);
}

function announce(config: Config, address: string): void {
  const lines = [
    '',
    `  Switchboard answers at ${address}/graphql (a browser shows GraphiQL there)`,
    `  health ${address}/healthz   readiness ${address}/readyz   metrics ${address}/metrics`,
  ];
  if (config.demo) {
    lines.push(
      '',
      '  Demo sign-ins, password `switchboard`:',
      '    admin@demo.example   supervisor@demo.example   operator@demo.example   customer@demo.example',
      '  Demo partner key: swb_demo_switchboard',
    );
  }
  process.stdout.write(`${lines.join('\n')}\n\n`);
}

/** The first signal asks everything to end; a second one ends the process at once. */
function stopOnSignal(logger: Logger): AbortSignal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(1);
      logger.info(`${name}: stopping`);
      stop.abort();
    });
  }
  return stop.signal;
}

/** What a failed start says: a mistake of the user's in words, anything else with where it came from. */
function explain(error: unknown): string {
  const known = error instanceof ConfigError || error instanceof ClusterError;
  return known ? error.message : ((error as Error).stack ?? String(error));
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const logger = openLogger(config.logLevel);
  const stopped = stopOnSignal(logger);
  const parts = new AsyncDisposableStack();
  try {
    await start(config, logger, parts, stopped);
    await untilStopped(stopped);
  } catch (error) {
    if (!stopped.aborted) throw error;
  } finally {
    await parts.disposeAsync();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  },
);
