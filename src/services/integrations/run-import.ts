import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { ImportKind } from '../../entities/integrations/import-kind.enum.js';
import { ImportState } from '../../entities/integrations/import-state.enum.js';
import { type Actor, systemActor } from '../shared/access/actor.js';
import type { Database } from '../shared/database/database.js';
import { Refusal } from '../shared/errors/refusal.js';
import { batchesOf, countItems, readAhead } from './batches.js';
import { enqueueImport } from './enqueue-import.js';
import {
  beginImport,
  countRowsIn,
  failImport,
  findImport,
  finishImport,
  holdImport,
  type ImportToRun,
} from './import-progress.js';
import type { Intake } from './intake.js';
import { intakeOf, type LoadKind } from './intake-of.js';

const LOAD_KIND: Readonly<Record<ImportKind, LoadKind>> = { SUBSCRIBERS: 'subscribers', CALLS: 'calls' };

/** What an import runs with. */
export interface ImportRun {
  readonly database: Database;
  /** Where the bytes of stored files are. */
  readonly directory: string;
  /** When aborted, the import leaves off behind the batch under way, and another worker goes on. */
  readonly signal: AbortSignal;
}

/**
 * Takes in the file of an import, from where it stands to its end.
 *
 * The structure of the whole file is checked before its first row is taken in. Rows, their counts, what was wrong with
 * them and the place reached are one transaction a batch: whenever this is killed, the next run goes on exactly there.
 * Of two that run one import, the one that is behind is stopped before it has done anything.
 *
 * @throws Overtaken, and what is unexpected; wrong files are no error of this but the import's failure
 */
export async function runImport(run: ImportRun, id: string): Promise<void> {
  const job = await findImport(run.database, id);
  if (!job || job.state === ImportState.DONE || job.state === ImportState.FAILED) return;
  const actor = actorOf(job);
  const intake = intakeOf(LOAD_KIND[job.kind], run.database.settings, job.validFrom);
  const read = () => intake.read(createReadStream(join(run.directory, job.path)));
  if (job.state === ImportState.QUEUED) {
    const counted = await countRows(read);
    if ('failure' in counted) {
      return run.database.transact(actor, (work) => failImport(work, id, counted.failure));
    }
    await run.database.transact(actor, (work) => beginImport(work, id, counted.rows));
  }
  const ended = await takeInBatches(run, actor, job, { intake, read });
  await run.database.transact(actor, (work) => (ended ? finishImport(work, id) : enqueueImport(work, id)));
}

/** @returns whether the file's end was reached */
async function takeInBatches<Row>(
  { database, signal }: ImportRun,
  actor: Actor,
  job: ImportToRun,
  file: { readonly intake: Intake<Row>; readonly read: () => AsyncIterable<Row> },
): Promise<boolean> {
  let { doneRows } = job;
  for await (const rows of readAhead(batchesOf(file.read(), file.intake.batchSize, doneRows))) {
    if (signal.aborted) return false;
    await database.transact(actor, async (work) => {
      await holdImport(work, job.id, doneRows);
      await countRowsIn(work, job.id, await file.intake.takeIn(work, rows));
    });
    doneRows += rows.length;
  }
  return true;
}

async function countRows(read: () => AsyncIterable<unknown>): Promise<{ rows: number } | { failure: string }> {
  try {
    return { rows: await countItems(read()) };
  } catch (error) {
    if (error instanceof Refusal) return { failure: error.message };
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { failure: 'The file is not there any more.' };
    throw error;
  }
}

/** The product works for whoever asked for the import; what it does is recorded as theirs. */
function actorOf({ requestedBy }: ImportToRun): Actor {
  const system = systemActor('import');
  return requestedBy === null ? system : { ...system, key: `user:${requestedBy}` };
}
