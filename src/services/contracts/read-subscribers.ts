import { Readable } from 'node:stream';
import { type CsvError, type Info, parse } from 'csv-parse';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuseInput } from '../shared/errors/refusal.js';
import { decodeText } from '../shared/text/decode-text.js';
import { tidied } from '../shared/text/tidied.js';
import {
  type ColumnNames,
  readSubscriberHeader,
  type SubscriberCell,
  type SubscriberHeader,
  type SubscriberIssue,
} from './subscriber-columns.js';
import type { SubscriberRow } from './take-in-subscriber.js';

/** A line of the file, by the number of the physical line that it begins on: a row, or why it is none. */
export type SubscriberLine =
  | { readonly line: number; readonly row: SubscriberRow }
  | { readonly line: number; readonly issues: readonly SubscriberIssue[] };

/** A file of subscribers whose header was read. */
export interface SubscriberFile {
  readonly columns: ColumnNames;
  /** Every line with something on it, in the file's order; to be gone through once, and to the end or with `return`. */
  readonly lines: AsyncIterable<SubscriberLine>;
}

const DELIMITERS = [';', ',', '\t'] as const;
const LONGEST_RECORD = 65_536;

interface CsvRecord {
  readonly record: string[];
  readonly info: Info;
}

/**
 * Opens a file of subscribers (requirements, part 12, ManyRegister): CSV in UTF-8, with a byte order mark or without,
 * its cells separated by `;`, `,` or tabs, quoted or not, under a Russian or an English header.
 *
 * It is read as its lines are asked for, never as a whole.
 *
 * @throws Refusal with BAD_USER_INPUT on the path `file` for an empty file, one that is no text, or one with another
 * structure; also while its lines are read, where the file breaks off inside of quotes
 */
export async function readSubscribers(source: AsyncIterable<Uint8Array>): Promise<SubscriberFile> {
  const text = decodeText(source);
  const start = await firstLine(text);
  const place = { lastLine: 0 };
  const parser = parse({
    delimiter: delimiterOf(start),
    record_delimiter: '\n',
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LONGEST_RECORD,
    on_record: (record, { lines }) => {
      place.lastLine = lines;
      return record;
    },
  });
  const input = Readable.from(
    (async function* () {
      yield start;
      yield* text;
    })(),
  );
  // A failure of the file reaches whoever reads the parser, and a file that is left in the middle is let go of.
  input.on('error', (error) => parser.destroy(error));
  parser.once('close', () => input.destroy());
  const records = recordsOf(input.pipe(parser) as AsyncIterable<CsvRecord>, place);
  try {
    const first = await records.next();
    if (first.done) throw refuseInput(['file'], 'This file is empty.');
    const header = readSubscriberHeader(first.value.cells);
    return { columns: header.columns, lines: linesOf(records, header) };
  } catch (error) {
    await records.return(undefined);
    throw error;
  }
}

/** The text up to where the first line with something on it is whole. */
async function firstLine(text: AsyncGenerator<string>): Promise<string> {
  let start = '';
  while (!start.trimStart().includes('\n') && start.length < LONGEST_RECORD) {
    const piece = await text.next();
    if (piece.done) break;
    start += piece.value;
  }
  return start;
}

/** What separates cells: what the header has most of. */
function delimiterOf(start: string): string {
  const header = start
    .trimStart()
    .split('\n', 1)[0]!
    .replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
}

/** The records that have something in them, each with the line that it begins on. */
async function* recordsOf(
  parser: AsyncIterable<CsvRecord>,
  place: { readonly lastLine: number },
): AsyncGenerator<{ line: number; cells: string[] }> {
  try {
    for await (const { record, info } of parser) {
      if (record.every((cell) => cell.trim() === '')) continue;
      const breaks = record.join('').split('\n').length - 1;
      yield { line: info.lines - breaks, cells: record };
    }
  } catch (error) {
    if (!(error as Partial<CsvError>).code?.startsWith('CSV_')) throw error;
    throw refuseInput(
      ['file'],
      `This file cannot be read after line ${place.lastLine}: a quote is opened there and not closed, or a row has no end.`,
    );
  }
}

async function* linesOf(
  records: AsyncGenerator<{ line: number; cells: string[] }>,
  header: SubscriberHeader,
): AsyncGenerator<SubscriberLine> {
  for await (const { line, cells } of records) {
    const issue = widthIssue(cells, header);
    yield issue ? { line, issues: [issue] } : { line, row: rowOf(cells, header.cells) };
  }
}

/** A row has as many cells as the header; empty ones behind the last column do no harm. */
function widthIssue(
  cells: readonly string[],
  { cells: named, columns }: SubscriberHeader,
): SubscriberIssue | undefined {
  const code = ErrorCode.BAD_USER_INPUT;
  if (cells.length < named.length) {
    return { column: columns[named[cells.length]!], code, message: 'is missing: the row ends before it' };
  }
  if (cells.slice(named.length).some((cell) => cell.trim() !== '')) {
    const message = `The row has ${cells.length} columns, the header ${named.length}.`;
    return { column: '', code, message };
  }
  return undefined;
}

function rowOf(cells: readonly string[], named: readonly SubscriberCell[]): SubscriberRow {
  return Object.fromEntries(named.map((cell, i) => [cell, tidied(cells[i]!)])) as Record<SubscriberCell, string>;
}
