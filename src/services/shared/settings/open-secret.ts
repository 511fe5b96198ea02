import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const BYTES = 48;

/**
 * The secret kept in a file that only its owner reads; made at the first call, so that sessions outlive a restart.
 *
 * Not for production, where the secret is a setting.
 */
export async function openSecret(path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const fresh = randomBytes(BYTES).toString('base64url');
  await writeFile(path, fresh, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return (await readFile(path, 'utf8')).trim();
}
