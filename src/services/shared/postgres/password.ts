import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { ClusterError } from './cluster-error.js';
import type { ClusterHome } from './cluster-home.js';
import { unfinishedName } from './unfinished.js';

/**
 * The password of the cluster in `home`.
 *
 * @throws ClusterError when its file is missing or not ours to read
 */
export async function readPassword(home: ClusterHome): Promise<string> {
  try {
    return (await readFile(home.password, 'utf8')).trim();
  } catch (cause) {
    throw new ClusterError(
      `The password of the PostgreSQL in ${home.path} cannot be read from ${home.password}. ` +
        'Put that file back or start as its owner; if the data may go, remove the directory and start anew.',
      { cause },
    );
  }
}

/** The password to make a cluster with: the same for all who make one in `home` at the same time. */
export async function settlePassword(home: ClusterHome): Promise<string> {
  const written = await unfinishedName(home.password);
  await writeFile(written, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    // A link is made whole and only where nothing is, which a file that is written is not.
    await link(written, home.password);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(written, { force: true });
  }
  return readPassword(home);
}
