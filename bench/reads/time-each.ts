import { ask } from '../shared/ask.ts';
import { printTable } from '../shared/print-table.ts';
import { median } from '../shared/statistics.ts';
import type { Contenders } from './contenders.ts';
import { ENTRIES, type Entry, type EntryName } from './entries.ts';
import type { Question, Workload } from './question.ts';

const ROUNDS = 5;

/** Beside whom the product's operations are slow, where they take longer than this share of theirs. */
const BESIDE: readonly (readonly [product: EntryName, peer: EntryName])[] = [
  ['product (admin)', 'PostGraphile'],
  ['product (operator)', 'PostGraphile (operator)'],
];
const SLOW = 0.9;

/**
 * Asks each operation of a workload by itself, one request after the other, to find those that take long.
 *
 * @returns a table of medians, in milliseconds of a request, by operation and by who answers; and of the operations in
 * which the product is hardly faster than PostGraphile, what was asked
 */
export async function timeEach(
  contenders: Contenders,
  { name, questions }: Workload,
  entries: readonly Entry[],
): Promise<string> {
  const took = new Map<string, Map<string, number[]>>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const entry of entries) {
      const target = await contenders.targetOf(entry.name);
      for (const [i, question] of questions.entries()) {
        const start = performance.now();
        await ask(target, entry.bodies[i]!);
        const label = labelOf(question);
        const ofOperation = took.get(label) ?? new Map<string, number[]>();
        took.set(label, ofOperation);
        ofOperation.set(entry.name, [...(ofOperation.get(entry.name) ?? []), performance.now() - start]);
      }
    }
  }
  const asked = ENTRIES.filter((known) => entries.some((entry) => entry.name === known));
  const rows = [...took].map(([operation, byEntry]) => [
    operation,
    ...asked.map((entry) => median(byEntry.get(entry) ?? []).toFixed(2)),
  ]);
  const slow = [...took].filter(([, byEntry]) => isSlow(byEntry)).map(([operation]) => operation);
  const documents = slow.map((operation) => {
    const place = questions.findIndex((question) => labelOf(question) === operation);
    return `\nslow: ${entries[0]!.bodies[place]}`;
  });
  return `\n${printTable([`${name}: ms of a request`, ...asked], rows)}\n${documents.join('\n')}`;
}

function isSlow(byEntry: ReadonlyMap<string, readonly number[]>): boolean {
  return BESIDE.some(([product, peer]) => median(byEntry.get(product) ?? []) > SLOW * median(byEntry.get(peer) ?? []));
}

function labelOf({ operation: { name, root } }: Question): string {
  return root.by === 'page' ? name : `${name} ${root.type}`;
}
