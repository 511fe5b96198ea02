import { readSubscribers, type SubscriberLine } from '../contracts/read-subscribers.js';
import { type ColumnNames, type SubscriberIssue, subscriberIssues } from '../contracts/subscriber-columns.js';
import { takeInSubscriber } from '../contracts/take-in-subscriber.js';
import { inSavepoint } from '../shared/database/in-savepoint.js';
import type { Work } from '../shared/database/work.js';
import { Refusal } from '../shared/errors/refusal.js';
import type { Intake, RowIssue, RowOutcome } from './intake.js';

const BATCH_SIZE = 50;

type Line = SubscriberLine & { readonly columns: ColumnNames };

const OUTCOMES = {
  created: { result: 'CREATED' },
  updated: { result: 'UPDATED' },
  unchanged: { result: 'UNCHANGED' },
} as const satisfies Record<string, RowOutcome>;

/** Files of subscribers (requirements, part 12, ManyRegister); what they register holds from `validFrom` on. */
export function subscriberIntake(validFrom: Date): Intake<Line> {
  return {
    batchSize: BATCH_SIZE,
    async *read(content) {
      const { columns, lines } = await readSubscribers(content);
      for await (const line of lines) yield { ...line, columns };
    },
    async takeIn(work, lines) {
      const outcomes: RowOutcome[] = [];
      for (const line of lines) outcomes.push(await takeIn(work, line, validFrom));
      return outcomes;
    },
  };
}

async function takeIn(work: Work, line: Line, validFrom: Date): Promise<RowOutcome> {
  if ('issues' in line) return bad(line.line, line.issues);
  try {
    return OUTCOMES[await inSavepoint(work, (part) => takeInSubscriber(part, { ...line.row, validFrom }))];
  } catch (error) {
    if (error instanceof Refusal) return bad(line.line, subscriberIssues(error, line.columns));
    throw error;
  }
}

function bad(line: number, issues: readonly SubscriberIssue[]): RowOutcome {
  return { result: 'BAD', issues: issues.map((issue) => ({ ...issue, line })) as [RowIssue, ...RowIssue[]] };
}
