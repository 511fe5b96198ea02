import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PRODUCT } from '../shared/places.ts';
import { FILL, fillSteps } from './fill-dataset.ts';
import type { Sizes } from './sizes.ts';

/** Names the dataset that these sources would make: its statements, its sizes, and the product's migrations. */
export async function datasetVersion(sizes: Sizes): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(sizes));
  for (const step of await fillSteps()) hash.update(await readFile(join(FILL, step)));
  const migrations = join(PRODUCT, 'dist/migrations');
  const built = (await readdir(migrations)).filter((name) => name.endsWith('.js')).sort();
  for (const name of built) hash.update(await readFile(join(migrations, name)));
  return hash.digest('hex').slice(0, 16);
}
