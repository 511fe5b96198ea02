import { ClusterError } from './cluster-error.js';
import type { ClusterHome } from './cluster-home.js';
import { awaitEnd, findPostmaster } from './postmaster.js';

const PATIENCE_MILLISECONDS = 60_000;

/**
 * Stops the PostgreSQL that runs on the data in `home`, if one does, and waits until it is down: sessions are ended,
 * open transactions rolled back, everything is written out.
 *
 * @throws ClusterError when it is still up after a minute
 */
export async function stopPostmaster(home: ClusterHome): Promise<void> {
  const postmaster = await findPostmaster(home.data);
  if (!postmaster) return;
  try {
    process.kill(postmaster.pid, 'SIGINT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
  if (await awaitEnd(postmaster, home.data, PATIENCE_MILLISECONDS)) return;
  throw new ClusterError(
    `PostgreSQL (pid ${postmaster.pid}) on ${home.data} was asked to stop and has not within a minute. ` +
      `See its log, ${home.log}; kill -QUIT ${postmaster.pid} ends it at once, and the next start recovers.`,
  );
}
