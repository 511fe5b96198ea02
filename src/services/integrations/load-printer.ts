import type { WriteStream } from 'node:tty';
import type { RowCounts, RowIssue } from './intake.js';
import type { LoadKind } from './intake-of.js';
import type { LoadProgress } from './load-rows.js';
import { summariseRows } from './summarise-rows.js';

/** Lines of progress that a load prints where no line can be written over. */
const LINES = 10;

const START_OF_LINE = '\r\x1b[K';

/** What a row is called in the lists of what was wrong. */
const ROW: Readonly<Record<LoadKind, string>> = {
  tariffs: 'entry',
  operators: 'entry',
  sources: 'entry',
  subscribers: 'line',
  calls: 'line',
  inquiries: 'line',
};

/** Tells whoever started a load how it goes: progress, what was wrong and where, a summary. */
export class LoadPrinter {
  #printed = 0;

  constructor(
    private readonly out: Pick<WriteStream, 'write'> & { readonly isTTY?: boolean },
    private readonly kind: LoadKind,
  ) {}

  progress({ doneRows, totalRows, issues }: LoadProgress): void {
    if (this.out.isTTY) this.out.write(START_OF_LINE);
    for (const issue of issues) this.out.write(`${this.#placeOf(issue)}: ${issue.message}\n`);
    const text = `${doneRows} of ${totalRows} rows`;
    if (this.out.isTTY) {
      this.out.write(doneRows === totalRows ? '' : text);
      return;
    }
    const step = Math.ceil(totalRows / LINES);
    if (doneRows < totalRows && doneRows - this.#printed < step) return;
    this.#printed = doneRows;
    this.out.write(`${text}\n`);
  }

  summary(counts: RowCounts): void {
    const { createdRows, updatedRows, unchangedRows, badRows } = counts;
    this.out.write(
      `\nCreated ${createdRows}, updated ${updatedRows}, unchanged ${unchangedRows}, bad ${badRows}.\n${summariseRows(counts)}\n`,
    );
  }

  #placeOf({ line, column }: RowIssue): string {
    return [`${ROW[this.kind]} ${line}`, column].filter(Boolean).join(', ');
  }
}
