import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { SqlExecutor } from '../shared/database/sql-executor.js';
import { FeedLog } from '../shared/events/feed-log.js';

/** An upload takes less than this; in milliseconds. */
const LONGEST_UPLOAD_MS = 24 * 60 * 60 * 1000;

/**
 * Removes files that no upload will finish and that nothing refers to: a process that was killed leaves them.
 *
 * Only from the folder of this very database: another one may keep its files beside, which this one knows nothing of.
 *
 * @param directory of all files
 * @returns how many
 */
export async function removeLeftoverFiles(db: SqlExecutor, directory: string, now: Date): Promise<number> {
  const folder = await new FeedLog(db).installation();
  const names = await readdir(join(directory, folder)).catch(() => []);
  const old: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const status = await stat(join(directory, path)).catch(() => undefined);
    if (status?.isFile() && now.getTime() - status.mtimeMs > LONGEST_UPLOAD_MS) old.push(path);
  }
  if (old.length === 0) return 0;
  const known = await db.rows(sql<{ path: string }>`select path from stored_file where path = any(${old}::text[])`);
  const kept = new Set(known.map((file) => file.path));
  const leftovers = old.filter((path) => !kept.has(path));
  for (const path of leftovers) await rm(join(directory, path), { force: true });
  return leftovers.length;
}
