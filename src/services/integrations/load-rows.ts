import { sql } from 'kysely';
import type { Actor } from '../shared/access/actor.js';
import type { Database } from '../shared/database/database.js';
import { batchesOf, countItems, readAhead } from './batches.js';
import { addOutcomes, type Intake, issuesOf, NO_ROWS, type RowCounts, type RowIssue } from './intake.js';

/** How far a load is, after each batch that was committed. */
export interface LoadProgress {
  readonly doneRows: number;
  /** 0 where they were not counted. */
  readonly totalRows: number;
  /** What was wrong with rows of the batch. */
  readonly issues: readonly RowIssue[];
}

/** A file to load. */
export interface LoadedFile<Row> {
  readonly intake: Intake<Row>;
  /** Gives the file's bytes from the start, each time that it is called. */
  readonly open: () => AsyncIterable<Buffer>;
  /**
   * Set for a file of our own that nobody watches being loaded: its structure is not checked before, and a batch need
   * not be on disk for the next to begin. A crash of PostgreSQL itself may take back the last ones, in their order; a
   * crash of this process takes back none.
   */
  readonly ours?: boolean;
}

/**
 * Takes in a whole file at once, in the process that asks for it, batch by batch.
 *
 * The structure of the whole file is checked before its first row is taken in. What was committed stays, whenever this
 * is killed; run again, it goes through the same rows in the same order, and finds these there already.
 *
 * @throws Refusal when the file as a whole is not what it should be
 */
export async function loadRows<Row>(
  database: Database,
  actor: Actor,
  file: LoadedFile<Row>,
  onProgress: (progress: LoadProgress) => void = () => {},
): Promise<RowCounts> {
  const { intake, open } = file;
  const totalRows = file.ours ? 0 : await countItems(intake.read(open()));
  let counts = NO_ROWS;
  let doneRows = 0;
  for await (const rows of readAhead(batchesOf(intake.read(open()), intake.batchSize))) {
    const outcomes = await database.transact(actor, async (work) => {
      if (file.ours) await work.rows(sql`set local synchronous_commit = off`);
      return intake.takeIn(work, rows);
    });
    counts = addOutcomes(counts, outcomes);
    doneRows += rows.length;
    onProgress({ doneRows, totalRows, issues: issuesOf(outcomes) });
  }
  return counts;
}
