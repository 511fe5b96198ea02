import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PRODUCT } from './places.ts';

/**
 * A module of the built product.
 *
 * @param path under `dist`
 */
export async function productModule<Module>(path: string): Promise<Module> {
  return (await import(pathToFileURL(join(PRODUCT, 'dist', path)).href)) as Module;
}
