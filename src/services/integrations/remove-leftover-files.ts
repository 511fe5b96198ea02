import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { SqlExecutor } from '../shared/database/sql-executor.js';

/** An upload takes less than this; in milliseconds. */
const LONGEST_UPLOAD_MS = 24 * 60 * 60 * 1000;

/**
 * Removes files that no upload will finish and that nothing refers to: a process that was killed leaves them.
 *
 * @returns how many
 */
export async function removeLeftoverFiles(db: SqlExecutor, directory: string, now: Date): Promise<number> {
  const names = await readdir(directory).catch(() => []);
  const old: string[] = [];
  for (const name of names) {
    const status = await stat(join(directory, name)).catch(() => undefined);
    if (status?.isFile() && now.getTime() - status.mtimeMs > LONGEST_UPLOAD_MS) old.push(name);
  }
  if (old.length === 0) return 0;
  const known = await db.rows(sql<{ path: string }>`select path from stored_file where path = any(${old}::text[])`);
  const kept = new Set(known.map((file) => file.path));
  const leftovers = old.filter((name) => !kept.has(name));
  for (const name of leftovers) await rm(join(directory, name), { force: true });
  return leftovers.length;
}
