import type { NewCall } from '../calls/new-call.js';
import { type CdrFault, cdrColumnOf } from '../calls/parse-asterisk-cdr.js';
import { type CdrLine, readAsteriskCdr } from '../calls/read-asterisk-cdr.js';
import { type CallOutcome, recordCalls } from '../calls/record-calls.js';
import { refuseInput } from '../shared/errors/refusal.js';
import type { Settings } from '../shared/settings/settings.js';
import type { Intake, RowIssue, RowOutcome } from './intake.js';

const BATCH_SIZE = 1_000;

/** Files of calls as Asterisk writes them (requirements, part 6, "Intake"). */
export function callIntake(settings: Settings): Intake<CdrLine> {
  return {
    batchSize: BATCH_SIZE,
    async *read(content) {
      let lines = 0;
      let linesOfCalls = 0;
      for await (const line of readAsteriskCdr(content, settings)) {
        lines += 1;
        if ('record' in line || line.column !== '') linesOfCalls += 1;
        yield line;
      }
      if (lines > 0 && linesOfCalls === 0) {
        throw refuseInput(['file'], 'This is no file of calls: no line has the columns of Asterisk’s cdr_csv.');
      }
    },
    async takeIn(work, lines) {
      const calls = lines.flatMap((line) => ('record' in line ? [line.record satisfies NewCall] : []));
      const recorded = calls.length > 0 ? await recordCalls(work, calls) : [];
      let next = 0;
      return lines.map((line) =>
        'record' in line ? outcomeOf(line.line, recorded[next++]!) : { result: 'BAD', issues: [issueOf(line)] },
      );
    },
  };
}

function issueOf({ line, column, code, message }: CdrFault & { readonly line: number }): RowIssue {
  return { line, column, code, message };
}

function outcomeOf(line: number, call: CallOutcome): RowOutcome {
  switch (call.outcome) {
    case 'RECORDED':
      return { result: 'CREATED' };
    case 'DUPLICATE':
      return { result: 'UNCHANGED' };
    case 'BAD': {
      const issues = call.errors.map(({ code, message, path }) => ({ line, column: cdrColumnOf(path), code, message }));
      return { result: 'BAD', issues: issues as [RowIssue, ...RowIssue[]] };
    }
  }
}
