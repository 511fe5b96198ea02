import { sql } from 'kysely';
import type { Logger } from 'pino';
import { ImportState } from '../../entities/integrations/import-state.enum.js';
import { goOfflineWithoutSession } from '../identity/follow-sessions.js';
import { removeEndedSessions } from '../identity/remove-ended-sessions.js';
import { systemActor } from '../shared/access/actor.js';
import type { Database } from '../shared/database/database.js';
import { removeOldKeys } from '../shared/database/remove-old-keys.js';
import { isTransient } from '../shared/database/transient-error.js';
import { adoptLog } from '../shared/events/adopt-log.js';
import { retainFeed } from '../shared/events/retain-feed.js';
import { startWorker, type Task, type Worker } from '../shared/jobs/worker.js';
import { importJobKey, RUN_IMPORT } from './enqueue-import.js';
import { failImport, Overtaken } from './import-progress.js';
import { removeLeftoverFiles } from './remove-leftover-files.js';
import { runImport } from './run-import.js';
import { removeOldDeliveries } from './webhooks/remove-old-deliveries.js';

export type { Worker } from '../shared/jobs/worker.js';

const HOUSEKEEPING = 'keep-house';
const FAILED_HERE = 'Something failed on our side. What was taken in stays; import the file again to go on from there.';
const BROKE_OFF =
  'It broke off again and again on our side. What was taken in stays; import the file again to go on from there.';

export interface ImportWorkerOptions {
  /** Where the bytes of stored files are. */
  readonly directory: string;
  /** How many whole days the event log reaches back at least. */
  readonly feedRetentionDays: number;
  readonly logger: Logger;
}

/**
 * Starts what works in the background of one process: imports, and once an hour the product's housekeeping, which is
 * also done once before this resolves.
 */
export async function startImportWorker(database: Database, options: ImportWorkerOptions): Promise<Worker> {
  const { logger } = options;
  await keepHouse(database, options);
  return startWorker({
    databaseUrl: database.orm.config.get('clientUrl')!,
    tasks: { [RUN_IMPORT]: importTask(database, options), [HOUSEKEEPING]: () => keepHouse(database, options) },
    crontab: `7 * * * * ${HOUSEKEEPING}`,
    logger,
  });
}

/** What may pass is tried again, later each time; what would fail just so again ends the import at once. */
function importTask(database: Database, { directory, logger }: ImportWorkerOptions): Task {
  return async (payload, { signal, lastAttempt }) => {
    const { importJobId } = payload as { importJobId: string };
    try {
      await runImport({ database, directory, signal }, importJobId);
    } catch (error) {
      if (error instanceof Overtaken || signal.aborted) throw error;
      if (isTransient(error)) {
        if (lastAttempt) await giveUp(database, importJobId, BROKE_OFF);
        throw error;
      }
      logger.error({ err: error, importJobId }, 'an import failed');
      await giveUp(database, importJobId, FAILED_HERE);
    }
  };
}

async function keepHouse(
  database: Database,
  { directory, feedRetentionDays, logger }: ImportWorkerOptions,
): Promise<void> {
  // A promoted replica may have taken the database's place without a restart of ours.
  const { renewed } = await adoptLog(database);
  if (renewed) logger.warn('the event log is another one: the database is not the one it was');
  const { dropped, unmade, heldUp } = await retainFeed(database, feedRetentionDays);
  if (dropped.length > 0 || unmade > 0 || heldUp) logger.info({ dropped, unmade, heldUp }, 'days of the event log');
  await removeLeftoverFiles(database, directory, database.clock.now());
  await giveUpLostImports(database);
  await goOfflineWithoutSession(database);
  await removeEndedSessions(database, database.clock.now());
  await removeOldKeys(database, database.clock.now());
  await removeOldDeliveries(database, database.clock.now());
}

async function giveUp(database: Database, importJobId: string, why: string): Promise<void> {
  await database.transact(systemActor('import'), (work) => failImport(work, importJobId, why));
}

/** Ends imports that no worker will go on with: each time that one tried, its process was killed. */
async function giveUpLostImports(database: Database): Promise<void> {
  const lost = await database.rows(sql<{ id: string }>`
    select i.id from import_job i
    where i.state in (${ImportState.QUEUED}, ${ImportState.RUNNING}) and not exists (
      select from graphile_worker.jobs j
      where j.key = ${importJobKey('')} || i.id and (j.locked_at is not null or j.attempts < j.max_attempts))`);
  for (const { id } of lost) await giveUp(database, id, BROKE_OFF);
}
