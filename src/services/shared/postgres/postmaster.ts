import { chown, readFile, readlink, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startOf } from './process-mark.js';
import { runProgram } from './run-program.js';
import { unfinishedName } from './unfinished.js';

/** The running main process of PostgreSQL on some data, as its lock file tells. */
export interface Postmaster {
  readonly pid: number;
  /** Undefined while it has not come to that. */
  readonly port: number | undefined;
  readonly status: 'starting' | 'ready' | 'stopping';
}

/** A pid that no system gives: Linux stops at 2²², others sooner. */
const PID_OF_NOBODY = 2 ** 31 - 1;
const POLL_MILLISECONDS = 10;

const lockFile = (data: string): string => join(data, 'postmaster.pid');

/** The postmaster that runs on `data`; undefined when there is none, whatever a stale lock file says. */
export async function findPostmaster(data: string): Promise<Postmaster | undefined> {
  const text = await readFile(lockFile(data), 'utf8').catch(() => '');
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !(await servesData(pid, data))) return undefined;
  const status = lines[7] === 'ready' || lines[7] === 'stopping' ? lines[7] : 'starting';
  return { pid, port: lines[3] ? Number(lines[3]) : undefined, status };
}

/** Waits until `postmaster` runs no more; false when it still does after the given time. */
export async function awaitEnd(postmaster: Postmaster, data: string, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (await servesData(postmaster.pid, data)) {
    if (Date.now() > deadline) return false;
    await sleep(POLL_MILLISECONDS);
  }
  return true;
}

/**
 * Makes a lock file harmless whose pid is taken though its postmaster is dead: by another process that got it since, or
 * by the dead one itself, where nobody collects the dead (containers). PostgreSQL would take it for a postmaster.
 *
 * Only the pid is replaced. The rest lets PostgreSQL see whether processes of the dead postmaster still use the data.
 */
export async function disarmStaleLock(data: string): Promise<void> {
  const text = await readFile(lockFile(data), 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const [pid, ...rest] = text.split('\n');
  if (!isTaken(Number(pid)) || (await servesData(Number(pid), data))) return;
  const disarmed = await unfinishedName(join(data, '..', 'postmaster.pid'));
  await writeFile(disarmed, [PID_OF_NOBODY, ...rest].join('\n'), { mode: 0o600 });
  const owner = await stat(data);
  await chown(disarmed, owner.uid, owner.gid);
  await rename(disarmed, lockFile(data));
}

function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // Nobody's, or not ours: PostgreSQL looks past it by itself.
    return false;
  }
}

async function servesData(pid: number, data: string): Promise<boolean> {
  if ((await startOf(pid)) === undefined) return false;
  if (process.platform !== 'linux') {
    const listed = await runProgram('ps', ['-ww', '-o', 'command=', '-p', String(pid)]);
    return listed.output.includes(` -D ${data} `);
  }
  try {
    // A postmaster works in its data directory.
    return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(data));
  } catch {
    // Root in a container may lack the right to see where another user's process works; how it was called all may see.
    const parameters = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
    return parameters.includes(data);
  }
}
