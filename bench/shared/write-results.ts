import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BENCH, DATA } from './places.ts';

/**
 * Writes what a run found: a whole one to `results.json`, and to a file of its own kind that other kinds of runs leave
 * alone; a part to a place beside the database, so that it does not stand in the place of the whole.
 *
 * @returns where to
 */
export async function writeResults(kind: string, results: object, whole: boolean): Promise<string> {
  const text = `${JSON.stringify(results, (_, value) => (typeof value === 'number' ? rounded(value) : value), 2)}\n`;
  const targets = whole
    ? [join(BENCH, 'results.json'), join(BENCH, 'results', `${kind}.json`)]
    : [join(DATA, `last-${kind}.json`)];
  for (const target of targets) {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
  return targets[0]!;
}

/** Four digits are more than any measurement here is good for. */
function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(4));
}
