import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { runProgram } from './run-program.js';

/**
 * When a process started, in a form that only serves to compare; undefined when no such process runs.
 *
 * With the pid it tells a process from a later one that got the same pid. A zombie counts as gone.
 */
export async function startOf(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') {
    const listed = await runProgram('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]);
    const [state, ...started] = listed.output.trim().split(/\s+/);
    return !listed.succeeded || state?.startsWith('Z') ? undefined : String(Date.parse(started.join(' ')));
  }
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (line === undefined) return undefined;
  // The program's name comes second, in parentheses, and may hold spaces and parentheses itself.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

/** A name for this process, and for one use within it, that can go into a file's name: pid, start and chance. */
export async function makeMark(): Promise<string> {
  return `${process.pid}-${await startOf(process.pid)}-${randomBytes(4).toString('hex')}`;
}

/** The pid of the process that made this mark while it still runs; undefined once it is gone. */
export async function livingMaker(mark: string): Promise<number | undefined> {
  const [pid, start] = mark.split('-');
  const alive = start !== undefined && (await startOf(Number(pid))) === start;
  return alive ? Number(pid) : undefined;
}
