import type { SqlExecutor } from '../shared/database/sql-executor.js';
import { enqueueJob } from '../shared/jobs/enqueue-job.js';

/** The task of a worker that takes in a file. */
export const RUN_IMPORT = 'run-import';

/** The key of an import's job: at most one waits. */
export function importJobKey(importJobId: string): string {
  return `import:${importJobId}`;
}

/** Has an import begun, or gone on with, by a worker. */
export async function enqueueImport(db: SqlExecutor, importJobId: string): Promise<void> {
  await enqueueJob(db, RUN_IMPORT, { importJobId }, importJobKey(importJobId));
}
