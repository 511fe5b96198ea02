import { systemDraws } from '../distribution/draws.js';
import { type InquiryLine, readInquiries } from '../distribution/read-inquiries.js';
import { registerInquiry } from '../distribution/register-inquiry.js';
import { inSavepoint } from '../shared/database/in-savepoint.js';
import type { Work } from '../shared/database/work.js';
import { Refusal } from '../shared/errors/refusal.js';
import type { Intake, RowIssue, RowOutcome } from './intake.js';

/**
 * Each in a transaction of its own, as inquiries come in otherwise: one that took in several would hold operators, and
 * who is known by what, in an order in which others that do so wait for each other.
 */
const BATCH_SIZE = 1;

/** Files of inquiries as JSON lines (requirements, part 7); by its key an inquiry is registered once. */
export function inquiryIntake(): Intake<InquiryLine> {
  return {
    batchSize: BATCH_SIZE,
    read: readInquiries,
    async takeIn(work, lines) {
      const outcomes: RowOutcome[] = [];
      for (const line of lines) outcomes.push(await takeIn(work, line));
      return outcomes;
    },
  };
}

async function takeIn(work: Work, line: InquiryLine): Promise<RowOutcome> {
  if ('faults' in line) return bad(line.faults.map((fault) => ({ line: line.line, ...fault })));
  try {
    const { repeated } = await inSavepoint(work, (part) => registerInquiry(part, line.inquiry, systemDraws));
    return { result: repeated ? 'UNCHANGED' : 'CREATED' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return bad(
      error.errors.map(({ code, message, path }) => {
        return { line: line.line, column: path.slice(1).join('.'), code, message };
      }),
    );
  }
}

function bad(issues: readonly RowIssue[]): RowOutcome {
  return { result: 'BAD', issues: issues as [RowIssue, ...RowIssue[]] };
}
