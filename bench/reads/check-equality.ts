import { canonicalAnswer, type Dialect, type Json } from '../questions/canonical-answer.ts';
import { differences } from '../questions/difference.ts';
import { ask } from '../shared/ask.ts';
import type { Contenders } from './contenders.ts';
import type { Entry, EntryName } from './entries.ts';
import type { Workload } from './question.ts';

const AT_ONCE = 8;

const dialectOf = (name: EntryName): Dialect => (name.startsWith('PostGraphile') ? 'peer' : 'product');

/** Whom an entry's answers must equal: the operator's those to the operator's question, the others PostGraphile's. */
function standardOf(name: EntryName, entries: readonly Entry[]): EntryName {
  const scoped = entries.some((entry) => entry.name === 'PostGraphile (operator)');
  return name === 'product (operator)' && scoped ? 'PostGraphile (operator)' : 'PostGraphile';
}

/** What the answers to a workload are like. */
export interface Answers {
  /** The mean length of an answer, by entry. */
  readonly bytes: Readonly<Partial<Record<EntryName, number>>>;
}

/**
 * Asks everybody every question of a workload, and compares what the answers mean.
 *
 * @throws Error with the question and the differences where two answers differ
 */
export async function checkEquality(
  contenders: Contenders,
  workload: Workload,
  entries: readonly Entry[],
): Promise<Answers> {
  const answers = new Map<EntryName, readonly Json[]>();
  const bytes: Partial<Record<EntryName, number>> = {};
  for (const entry of entries) {
    const { meanings, length } = await answersOf(contenders, workload, entry);
    answers.set(entry.name, meanings);
    bytes[entry.name] = Math.round(length / entry.bodies.length);
  }
  for (const { name, bodies } of entries) {
    const standard = standardOf(name, entries);
    const expected = answers.get(standard);
    if (dialectOf(name) === 'peer' || !expected) continue;
    answers.get(name)!.forEach((answer, i) => {
      const found = differences(expected[i], answer);
      if (found.length === 0) return;
      const lines = found.map(({ path, one, other }) => `  ${path}: ${JSON.stringify(one)} | ${JSON.stringify(other)}`);
      throw new Error(`${workload.name}: ${standard} | ${name} differ in\n${lines.join('\n')}\nasked: ${bodies[i]}`);
    });
  }
  refuseEmptiness(workload, answers);
  return { bytes };
}

/** Answers that are empty are equal too, and prove nothing. */
function refuseEmptiness({ name }: Workload, answers: ReadonlyMap<EntryName, readonly Json[]>): void {
  for (const [entry, meanings] of answers) {
    const full = meanings.filter((answer) => !isEmpty(answer)).length;
    if (full < meanings.length / 4)
      throw new Error(`${name}: ${meanings.length - full} of ${entry}'s answers are empty.`);
  }
}

function isEmpty(answer: Json): boolean {
  const nodes = (answer as { nodes?: readonly Json[] } | null)?.nodes;
  return answer === null || nodes?.length === 0;
}

async function answersOf(
  contenders: Contenders,
  { questions }: Workload,
  { name, bodies }: Entry,
): Promise<{ readonly meanings: Json[]; readonly length: number }> {
  const target = await contenders.targetOf(name);
  const meanings: Json[] = [];
  let length = 0;
  for (let start = 0; start < bodies.length; start += AT_ONCE) {
    const some = bodies.slice(start, start + AT_ONCE);
    const answers = await Promise.all(some.map((body) => ask(target, body)));
    answers.forEach(({ data, text }, i) => {
      length += Buffer.byteLength(text);
      meanings.push(canonicalAnswer(dialectOf(name), questions[start + i]!.operation, data));
    });
  }
  return { meanings, length };
}
