import { ImportState } from '../../entities/integrations/import-state.enum.js';
import type { RowCounts } from './intake.js';
import { summariseRows } from './summarise-rows.js';

/** What a summary is made of. */
export interface SummarisedImport extends RowCounts {
  readonly state: ImportState;
  readonly totalRows: number | null;
  readonly doneRows: number;
  readonly failure: string | null;
}

/** All that a summary is made of. */
export const SUMMARISED = [
  'state',
  'totalRows',
  'doneRows',
  'failure',
  'createdRows',
  'updatedRows',
  'unchangedRows',
  'badRows',
] as const satisfies readonly (keyof SummarisedImport)[];

/** Where an import stands, or what it came to, in one sentence for a person. */
export function summariseImport(job: SummarisedImport): string {
  switch (job.state) {
    case ImportState.QUEUED:
      return 'Waiting to begin.';
    case ImportState.RUNNING:
      return `${job.doneRows} of ${job.totalRows} rows done.`;
    case ImportState.FAILED:
      return job.failure ?? '';
    case ImportState.DONE:
      return summariseRows(job);
  }
}
