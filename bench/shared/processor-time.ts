import { readdir, readFile } from 'node:fs/promises';

const TICKS_PER_SECOND = 100;

/** The processor time that a process has used, in seconds; NaN where the system does not tell (it is Linux that does). */
export async function processorSeconds(pid: number): Promise<number> {
  const fields = await statOf(pid);
  return fields ? (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND : Number.NaN;
}

/** That of all sessions of a PostgreSQL server, those that have ended too; one that ends meanwhile counts once. */
export async function processorSecondsOfSessions(postmaster: number): Promise<number> {
  for (;;) {
    const ended = await secondsOfEnded(postmaster);
    const running = await secondsOfRunning(postmaster);
    const endedThen = await secondsOfEnded(postmaster);
    if (endedThen === ended || Number.isNaN(ended)) return ended + running;
  }
}

/** What a process's children used that have ended and were waited for. */
async function secondsOfEnded(parent: number): Promise<number> {
  const fields = await statOf(parent);
  return fields ? (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND : Number.NaN;
}

async function secondsOfRunning(parent: number): Promise<number> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  let sum = pids.length === 0 ? Number.NaN : 0;
  for (const pid of pids) {
    const fields = await statOf(pid);
    if (Number(fields?.[1]) === parent) sum += (Number(fields![11]) + Number(fields![12])) / TICKS_PER_SECOND;
  }
  return sum;
}

/** The process that a process is a child of. */
export async function parentOf(pid: number): Promise<number> {
  return Number((await statOf(pid))?.[1]);
}

/** The fields of `/proc/…/stat` from the state on, behind the name, which may contain anything. */
async function statOf(pid: number): Promise<string[] | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return text?.slice(text.lastIndexOf(')') + 2).split(' ');
}
