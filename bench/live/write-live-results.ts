import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BENCH, DATA } from '../shared/places.ts';

/**
 * Writes what a run found: a whole one to `results/live.json`, a part beside the database; `results.json` is the reads'.
 *
 * @returns where to
 */
export async function writeLiveResults(results: object, whole: boolean): Promise<string> {
  const path = whole ? join(BENCH, 'results/live.json') : join(DATA, 'last-live.json');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(results, rounded, 2)}\n`);
  return path;
}

/** Four digits are more than any measurement here is good for. */
function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
}
