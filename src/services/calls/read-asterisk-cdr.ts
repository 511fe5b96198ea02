import { pipeline, Readable } from 'node:stream';
import { type CsvError, type Info, parse } from 'csv-parse';
import { refuseInput } from '../shared/errors/refusal.js';
import type { Settings } from '../shared/settings/settings.js';
import { decodeText } from '../shared/text/decode-text.js';
import { CDR_COLUMNS } from './asterisk-columns.js';
import type { NewCall } from './new-call.js';
import { AsteriskCdrParser, type CdrFault } from './parse-asterisk-cdr.js';

/** A line of the file, by the number of the physical line that it begins on: a call, or why it is none. */
export type CdrLine = { readonly line: number; readonly record: NewCall } | ({ readonly line: number } & CdrFault);

interface CsvRecord {
  readonly record: string[];
  readonly info: Info;
}

const LONGEST_RECORD = 65_536;

/**
 * Reads a file of Asterisk's CDR line by line (requirements, part 6, "Intake"): `cdr_csv` in UTF-8, with a byte order
 * mark or without, with a header or, as Asterisk writes it, without; times local to the organisation's time zone.
 *
 * Lines of one `uniqueid` come as they stand in the file: which of them counts is for `recordCalls`.
 *
 * @throws Refusal with BAD_USER_INPUT on the path `file` where the file is no text, or breaks off inside of quotes
 */
export async function* readAsteriskCdr(
  source: AsyncIterable<Uint8Array>,
  settings: Pick<Settings, 'calendar'>,
  exchange?: string,
): AsyncGenerator<CdrLine> {
  const lines = new AsteriskCdrParser(settings.calendar, exchange);
  const parser = parse({
    record_delimiter: '\n',
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LONGEST_RECORD,
  });
  // Failures reach whoever reads the parser; without a callback they would be thrown at nobody.
  pipeline(Readable.from(decodeText(source)), parser, () => undefined);
  let last = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
      last = info.lines;
      const line = info.lines - (record.join('').split('\n').length - 1);
      if (isHeader(record) || record.every((cell) => cell.trim() === '')) continue;
      const read = lines.parse(record);
      yield 'message' in read ? { line, ...read } : { line, record: read };
    }
  } catch (error) {
    if (!(error as Partial<CsvError>).code?.startsWith('CSV_')) throw error;
    const message = `This file cannot be read after line ${last}: a quote is opened there and not closed, or a line has no end.`;
    throw refuseInput(['file'], message);
  }
}

function isHeader(record: readonly string[]): boolean {
  return record.every((cell, i) => cell.trim().toLowerCase() === CDR_COLUMNS[i]);
}
