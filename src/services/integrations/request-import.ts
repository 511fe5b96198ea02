import { z } from 'zod';
import { User } from '../../entities/identity/user.entity.js';
import { ImportJob } from '../../entities/integrations/import-job.entity.js';
import { ImportKind } from '../../entities/integrations/import-kind.enum.js';
import { ImportState } from '../../entities/integrations/import-state.enum.js';
import { StoredFile } from '../../entities/integrations/stored-file.entity.js';
import { runIdempotently } from '../shared/database/run-idempotently.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import { idInput } from '../shared/ids/id-input.js';
import { sinceInput } from '../shared/time/instant-input.js';
import { enqueueImport } from './enqueue-import.js';
import { importProgressed } from './integrations.events.js';
import { importRequested } from './integrations.history.js';

/** Which file of calls to take in. */
export interface ImportCallsInput {
  /** The global id that `POST /files` gave. */
  readonly fileId: string;
  readonly idempotencyKey: string;
}

/** Which file of subscribers to take in (requirements, part 12, ManyRegister). */
export interface ImportSubscribersInput extends ImportCallsInput {
  /** Since when their contracts hold, never in the future; now when left out. */
  readonly validFrom?: Date | null | undefined;
}

/**
 * Has a file of subscribers taken in by a worker.
 *
 * @returns the import's key
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND for an unknown file, IDEMPOTENCY_MISMATCH
 */
export async function importSubscribers(work: Work, input: ImportSubscribersInput): Promise<string> {
  return runIdempotently(work, 'importSubscribers', input, () => requestImport(work, ImportKind.SUBSCRIBERS, input));
}

/**
 * Has a file of calls taken in by a worker.
 *
 * @returns the import's key
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND for an unknown file, IDEMPOTENCY_MISMATCH
 */
export async function importCalls(work: Work, input: ImportCallsInput): Promise<string> {
  return runIdempotently(work, 'importCalls', input, () => requestImport(work, ImportKind.CALLS, input));
}

async function requestImport(work: Work, kind: ImportKind, input: ImportSubscribersInput): Promise<string> {
  const { fileId, validFrom } = parseInput(
    z.object({ fileId: idInput('StoredFile'), validFrom: sinceInput(work.now).nullish() }),
    input,
  );
  const file = await work.em.findOne(StoredFile, fileId);
  if (!file) throw refuse(ErrorCode.NOT_FOUND, 'There is no such file.', ['input', 'fileId']);
  const job = work.em.create(ImportJob, {
    kind,
    file,
    state: ImportState.QUEUED,
    validFrom: validFrom ?? work.now,
    doneRows: 0,
    createdRows: 0,
    updatedRows: 0,
    unchangedRows: 0,
    badRows: 0,
    requestedBy: work.actor.kind === 'user' ? work.em.getReference(User, work.actor.userId) : null,
    createdAt: work.now,
  });
  await work.em.flush();
  await enqueueImport(work, job.id);
  await work.record([
    importProgressed({ importJobId: job.id, state: job.state, totalRows: null, doneRows: 0 }),
    importRequested(job.id, { kind, fileId, validFrom: job.validFrom, state: job.state }),
  ]);
  return job.id;
}
