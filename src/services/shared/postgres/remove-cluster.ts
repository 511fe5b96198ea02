import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ClusterError } from './cluster-error.js';
import { findHome, possibleHomes } from './cluster-home.js';
import { livingHolders } from './holders.js';
import { stopPostmaster } from './stop-postmaster.js';

/** What `startCluster` makes; anything else in the directory is somebody else's. */
const OURS = /^(data|password|postgres\.log|location\.json|holder-.*|postgresql-.*|.*\.new-\d+-(\d+-)?\w+)$/;

/**
 * Removes the cluster of `directory` with all its data, and stops a server that a killed process left on them.
 *
 * @throws ClusterError when a living process uses it
 */
export async function removeCluster(directory: string): Promise<void> {
  const home = await findHome(directory);
  if (home) {
    const holders = await livingHolders(home.path);
    if (holders.length > 0) {
      throw new ClusterError(`The data in ${home.path} are in use by process ${holders.join(', ')}: stop it first.`);
    }
    await stopPostmaster(home);
  }
  for (const path of await possibleHomes(directory)) await empty(path);
}

async function empty(path: string): Promise<void> {
  const present = await readdir(path).catch(() => undefined);
  if (!present) return;
  const entries = present.filter((name) => OURS.test(name));
  await Promise.all(entries.map((name) => rm(join(path, name), { recursive: true, force: true })));
  await rmdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
}
