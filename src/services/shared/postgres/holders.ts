import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { livingMaker, makeMark } from './process-mark.js';

const HOLDER = /^holder-(\d+-\d+-\w+)$/;

/** One use of a cluster by one process; several may share a cluster, and the last to let go stops it. */
export interface Hold {
  /** Lets go; returns the pids of the processes that hold on. */
  release(): Promise<number[]>;
}

/** Notes in `home` that this process uses the cluster there. The note of a process that was killed counts no more. */
export async function takeHold(home: string): Promise<Hold> {
  const path = join(home, `holder-${await makeMark()}`);
  await writeFile(path, '', { flag: 'wx' });
  return {
    async release() {
      await rm(path, { force: true });
      return livingHolders(home);
    },
  };
}

/** The pids of the processes that use the cluster in `home`; clears away the notes of those that are gone. */
export async function livingHolders(home: string): Promise<number[]> {
  const holders: number[] = [];
  for (const name of await readdir(home)) {
    const mark = HOLDER.exec(name)?.[1];
    if (mark === undefined) continue;
    const pid = await livingMaker(mark);
    if (pid === undefined) await rm(join(home, name), { force: true });
    else holders.push(pid);
  }
  return holders;
}
