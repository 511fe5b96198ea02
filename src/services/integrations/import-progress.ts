import { sql } from 'kysely';
import type { ImportKind } from '../../entities/integrations/import-kind.enum.js';
import { ImportState } from '../../entities/integrations/import-state.enum.js';
import type { SqlExecutor } from '../shared/database/sql-executor.js';
import type { Work } from '../shared/database/work.js';
import { printable } from '../shared/text/printable.js';
import { addOutcomes, issuesOf, NO_ROWS, type RowCounts, type RowOutcome } from './intake.js';
import { importProgressed } from './integrations.events.js';
import { importEnded } from './integrations.history.js';

/** An import as a worker finds it. */
export interface ImportToRun {
  readonly id: string;
  readonly kind: ImportKind;
  readonly state: ImportState;
  readonly validFrom: Date;
  readonly totalRows: number | null;
  readonly doneRows: number;
  readonly requestedBy: string | null;
  /** Of the file's bytes, relative to the directory of files. */
  readonly path: string;
}

const LONGEST_FAILURE = 1000;

/** Another worker is ahead with the same import: this one has nothing more to do there. */
export class Overtaken extends Error {}

/** Reads an import; undefined when there is none. */
export async function findImport(db: SqlExecutor, id: string): Promise<ImportToRun | undefined> {
  const [row] = await db.rows(sql<Omit<ImportToRun, 'validFrom'> & { validFrom: string }>`
    select j.id, j.kind, j.state, j.valid_from as "validFrom", j.total_rows as "totalRows", j.done_rows as "doneRows",
      j.requested_by_id as "requestedBy", f.path
    from import_job j join stored_file f on f.id = j.file_id where j.id = ${id}`);
  return row && { ...row, validFrom: new Date(row.validFrom) };
}

/** Says that an import has begun, and how many rows its file has. */
export async function beginImport(work: Work, id: string, totalRows: number): Promise<void> {
  const begun = await work.rows(sql`
    update import_job set state = ${ImportState.RUNNING}, total_rows = ${totalRows},
      started_at = coalesce(started_at, ${work.now.toISOString()}::timestamptz)
    where id = ${id} and state = ${ImportState.QUEUED} returning id`);
  if (begun.length === 0) throw new Overtaken();
  await work.record([importProgressed({ importJobId: id, state: ImportState.RUNNING, totalRows, doneRows: 0 })]);
}

/**
 * Holds an import for this transaction, if it still stands where this worker left it.
 *
 * @throws Overtaken when another worker went on with it
 */
export async function holdImport(work: Work, id: string, doneRows: number): Promise<void> {
  const [held] = await work.rows<{ done: number; state: ImportState }>(
    sql`select done_rows as done, state from import_job where id = ${id} for update`,
  );
  if (held?.state !== ImportState.RUNNING || held.done !== doneRows) throw new Overtaken();
}

/** Counts rows, and keeps what was wrong with them, in the transaction that took them in. */
export async function countRowsIn(work: Work, id: string, outcomes: readonly RowOutcome[]): Promise<void> {
  const counts = addOutcomes(NO_ROWS, outcomes);
  const [job] = await work.rows<{ totalRows: number; doneRows: number }>(sql`
    update import_job set done_rows = done_rows + ${outcomes.length}::integer,
      created_rows = created_rows + ${counts.createdRows}::integer,
      updated_rows = updated_rows + ${counts.updatedRows}::integer,
      unchanged_rows = unchanged_rows + ${counts.unchangedRows}::integer,
      bad_rows = bad_rows + ${counts.badRows}::integer
    where id = ${id} returning total_rows as "totalRows", done_rows as "doneRows"`);
  const issues = issuesOf(outcomes);
  if (issues.length > 0) {
    await work.rows(sql`
      insert into import_issue (job_id, line, column_name, code, message)
      select ${id}, i.line, i."column", i.code, i.message
      from jsonb_to_recordset(${JSON.stringify(issues)}::jsonb) as i(line integer, "column" text, code text, message text)
      order by i.line`);
  }
  await work.record([importProgressed({ importJobId: id, state: ImportState.RUNNING, ...job! })]);
}

/** Says that every row was gone through. */
export async function finishImport(work: Work, id: string): Promise<void> {
  await endImport(work, id, ImportState.DONE, null);
}

/** Says that the import cannot go on, and why, in words for a person. */
export async function failImport(work: Work, id: string, failure: string): Promise<void> {
  await endImport(work, id, ImportState.FAILED, printable(failure, LONGEST_FAILURE));
}

async function endImport(work: Work, id: string, state: ImportState, failure: string | null): Promise<void> {
  const [job] = await work.rows<RowCounts & { totalRows: number | null; doneRows: number; before: ImportState }>(sql`
    update import_job set state = ${state}, failure = ${failure}, finished_at = ${work.now.toISOString()}::timestamptz
    where id = ${id} and state in (${ImportState.QUEUED}, ${ImportState.RUNNING})
    returning total_rows as "totalRows", done_rows as "doneRows", old.state as before, created_rows as "createdRows",
      updated_rows as "updatedRows", unchanged_rows as "unchangedRows", bad_rows as "badRows"`);
  if (!job) return;
  const { totalRows, doneRows, before } = job;
  await work.record([
    importProgressed({ importJobId: id, state, totalRows, doneRows }),
    importEnded(id, [before, state], { ...job, failure }),
  ]);
}
