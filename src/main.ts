import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Logger, pino } from 'pino';
import { type Config, ConfigError, readConfig } from './config.js';
import { buildServer, type Server } from './server.js';
import { loadDemo } from './services/demo/load-demo.js';
import { ensureFirstAdmin } from './services/identity/ensure-first-admin.js';
import { startImportWorker, type Worker } from './services/integrations/import-worker.js';
import { ClusterError } from './services/shared/postgres/cluster-error.js';
import { type Cluster, startCluster } from './services/shared/postgres/start-cluster.js';
import { openSecret } from './services/shared/settings/open-secret.js';

/** What runs, in the order in which it was started. */
interface Running {
  readonly cluster: Cluster | undefined;
  readonly server: Server;
  readonly worker: Worker;
}

async function start(config: Config, logger: Logger): Promise<Running> {
  await mkdir(config.dataDir, { recursive: true });
  const cluster = config.databaseUrl
    ? undefined
    : await startCluster({
        directory: join(config.dataDir, 'postgres'),
        log: (line) => logger.info(line),
      });
  try {
    const databaseUrl = config.databaseUrl ?? cluster!.url;
    const jwtSecret = config.jwtSecret ?? (await openSecret(join(config.dataDir, 'jwt-secret')));
    const server = await buildServer(config, { databaseUrl, jwtSecret, logger });
    const { database } = server.house;
    if (config.firstAdmin) await ensureFirstAdmin(database, config.firstAdmin);
    const address = await server.app.listen({ port: config.port, host: config.host });
    const worker = await startImportWorker(database, { directory: join(config.dataDir, 'files'), logger });
    if (config.demo) await loadDemo(database, (line) => logger.info(line));
    server.markReady();
    announce(config, address);
    return { cluster, server, worker };
  } catch (error) {
    await cluster?.stop();
    throw error;
  }
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

/** Ends what runs, the last started first; a second signal ends the process at once. */
function stopOnSignal({ cluster, server, worker }: Running, logger: Logger): void {
  let stopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    logger.info(`${signal}: stopping`);
    try {
      await worker.stop();
      await server.close();
      await cluster?.stop();
      process.exit(0);
    } catch (error) {
      logger.error({ err: error }, 'could not stop cleanly');
      process.exit(1);
    }
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const logger = pino({ level: config.logLevel });
  logger.debug(`data in ${resolve(config.dataDir)}`);
  stopOnSignal(await start(config, logger), logger);
}

main().catch((error: unknown) => {
  const known = error instanceof ConfigError || error instanceof ClusterError;
  process.stderr.write(`${known ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(1);
});
