import { findHome } from './cluster-home.js';
import { openDatabase } from './connection.js';
import { readPassword } from './password.js';
import { findPostmaster } from './postmaster.js';

/**
 * The address of the server that runs now on the cluster of `directory`, for another process than the one that
 * started it; undefined when none runs.
 *
 * @throws ClusterError when one runs that we have no password for, or that does not answer
 */
export async function findRunningCluster(directory: string): Promise<string | undefined> {
  const home = await findHome(directory);
  if (!home) return undefined;
  const postmaster = await findPostmaster(home.data);
  return postmaster?.status === 'ready' ? openDatabase(postmaster, home, await readPassword(home)) : undefined;
}
