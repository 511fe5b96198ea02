import type { Work } from '../shared/database/work.js';
import type { ErrorCode } from '../shared/errors/error-code.js';
import { printable } from '../shared/text/printable.js';

/** Why a row was not taken in. */
export interface RowIssue {
  /** Of the file, from 1, the header counted. */
  readonly line: number;
  /** As the file's header names it; empty where it concerns the row as a whole. */
  readonly column: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** What became of one row of a file. */
export type RowOutcome =
  | { readonly result: 'CREATED' | 'UPDATED' | 'UNCHANGED' }
  | { readonly result: 'BAD'; readonly issues: readonly [RowIssue, ...RowIssue[]] };

/** How the rows of one kind of file are read and taken in. */
export interface Intake<Row> {
  /** Rows that one transaction takes in: it must stay well under a second, since the event log waits for it. */
  readonly batchSize: number;
  /**
   * Reads a file's rows in their order, bad ones too.
   *
   * @throws Refusal when the file as a whole is not what it should be
   */
  read(content: AsyncIterable<Buffer>): AsyncIterable<Row>;
  /** Takes rows in, each whole or not at all, in their order; the same rows again change nothing. */
  takeIn(work: Work, rows: readonly Row[]): Promise<RowOutcome[]>;
}

/** How many rows of a file came to what. */
export interface RowCounts {
  readonly createdRows: number;
  readonly updatedRows: number;
  readonly unchangedRows: number;
  readonly badRows: number;
}

export const NO_ROWS: RowCounts = { createdRows: 0, updatedRows: 0, unchangedRows: 0, badRows: 0 };

const COUNTED_AS = {
  CREATED: 'createdRows',
  UPDATED: 'updatedRows',
  UNCHANGED: 'unchangedRows',
  BAD: 'badRows',
} as const;

/** The counts with more rows added. */
export function addOutcomes(counts: RowCounts, outcomes: readonly RowOutcome[]): RowCounts {
  const sum = { ...counts };
  for (const { result } of outcomes) sum[COUNTED_AS[result]] += 1;
  return sum;
}

/** Of a column's name, and of a message. */
const LONGEST_COLUMN = 100;
const LONGEST_MESSAGE = 1000;

/** The issues of the rows that were not taken in, one for each line and column, fit to be stored and printed. */
export function issuesOf(outcomes: readonly RowOutcome[]): RowIssue[] {
  const issues = outcomes.flatMap((outcome) => (outcome.result === 'BAD' ? outcome.issues : []));
  const byPlace = new Map<string, RowIssue>();
  for (const issue of issues) {
    const place = JSON.stringify([issue.line, issue.column]);
    const earlier = byPlace.get(place);
    byPlace.set(place, earlier ? { ...earlier, message: `${earlier.message}; ${issue.message}` } : issue);
  }
  return [...byPlace.values()].map((issue) => ({
    ...issue,
    column: printable(issue.column, LONGEST_COLUMN),
    message: printable(issue.message, LONGEST_MESSAGE),
  }));
}
