import { open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { livingMaker, makeMark } from './process-mark.js';

const UNFINISHED = /\.new-(\d+-\d+-\w+)$/;

/** A name beside `target` to build it under, so that `target` itself exists either whole or not at all. */
export async function unfinishedName(target: string): Promise<string> {
  return `${target}.new-${await makeMark()}`;
}

/** Puts a finished directory in its place for good; false when something is there already. */
export async function moveInto(unfinished: string, target: string): Promise<boolean> {
  try {
    await rename(unfinished, target);
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
  const parent = await open(dirname(target));
  await parent.sync().finally(() => parent.close());
  return true;
}

/** Removes from `home` what processes that are gone have left half made. */
export async function removeUnfinished(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    const mark = UNFINISHED.exec(name)?.[1];
    if (mark === undefined || (await livingMaker(mark)) !== undefined) continue;
    // An initdb that outlived its starter may still write there: what stays is removed at a later start.
    await rm(join(home, name), { recursive: true, force: true }).catch(() => undefined);
  }
}
