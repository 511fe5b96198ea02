import { inSavepoint } from '../shared/database/in-savepoint.js';
import type { Work } from '../shared/database/work.js';
import { Refusal } from '../shared/errors/refusal.js';
import { decodeText } from '../shared/text/decode-text.js';
import { fieldText } from './field-text.js';
import type { Intake, RowIssue, RowOutcome } from './intake.js';

const BATCH_SIZE = 50;

interface Member<Input> {
  /** Its place in the list, from 1. */
  readonly place: number;
  readonly input: Input;
}

/**
 * Files that are one JSON list, short enough to be read as a whole; a member's place counts as its line.
 *
 * @param readList reads the file's text, or refuses it
 * @param takeIn takes one member in, or refuses it
 */
export function listIntake<Input>(
  readList: (json: string) => readonly Input[],
  takeIn: (work: Work, input: Input) => Promise<{ readonly outcome: 'created' | 'updated' | 'unchanged' }>,
): Intake<Member<Input>> {
  return {
    batchSize: BATCH_SIZE,
    async *read(content) {
      const pieces: string[] = [];
      for await (const piece of decodeText(content)) pieces.push(piece);
      yield* readList(pieces.join('')).map((input, i) => ({ place: i + 1, input }));
    },
    async takeIn(work, members) {
      const outcomes: RowOutcome[] = [];
      for (const { place, input } of members) {
        outcomes.push(await outcomeOf(place, () => inSavepoint(work, (part) => takeIn(part, input))));
      }
      return outcomes;
    },
  };
}

const RESULTS = { created: 'CREATED', updated: 'UPDATED', unchanged: 'UNCHANGED' } as const;

async function outcomeOf(
  place: number,
  take: () => Promise<{ readonly outcome: keyof typeof RESULTS }>,
): Promise<RowOutcome> {
  try {
    return { result: RESULTS[(await take()).outcome] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const issues = error.errors.map(({ code, message, path }) => ({
      line: place,
      column: fieldText(path.slice(1)),
      code,
      message,
    }));
    return { result: 'BAD', issues: issues as [RowIssue, ...RowIssue[]] };
  }
}
