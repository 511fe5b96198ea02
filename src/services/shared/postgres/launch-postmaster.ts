import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { type FileHandle, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './account.js';
import { ClusterError } from './cluster-error.js';
import type { ClusterHome } from './cluster-home.js';
import { findFreePort, isFree } from './free-port.js';
import { findPostmaster, type Postmaster } from './postmaster.js';
import { programEnvironment } from './run-program.js';

const POLL_MILLISECONDS = 10;
const REPORT_MILLISECONDS = 10_000;
const LINES_TO_SHOW = 15;

/** What suits a developer's machine, with nothing given up that protects data. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  jit: 'off',
};

export interface LaunchJob {
  readonly programs: string;
  readonly home: ClusterHome;
  readonly account: Account | undefined;
  readonly settings: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
  /** It has failed before for no reason that passes. */
  readonly finalAttempt: boolean;
}

/**
 * Starts PostgreSQL in a session of its own and waits until it is ready; returns undefined when it gave up
 * and trying again may help: another process was faster, to start it on these data or to take its port.
 *
 * @throws ClusterError with the end of PostgreSQL's log when the final attempt failed for any other reason
 */
export async function launchPostmaster(job: LaunchJob): Promise<Postmaster | undefined> {
  const { home, account } = job;
  const port = await findFreePort();
  const settings = Object.entries({ ...SETTINGS, ...job.settings, port: String(port) });
  const parameters = ['-D', home.data, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const output = await openLog(home.log);
  const child = spawn(join(job.programs, 'bin', 'postgres'), parameters, {
    // A session of its own: Ctrl-C in the terminal must reach us alone, who let the work end before PostgreSQL does.
    detached: true,
    stdio: ['ignore', output.fd, output.fd],
    cwd: '/',
    env: programEnvironment(),
    ...(account ? { uid: account.uid, gid: account.gid } : {}),
  });
  let ended: string | undefined;
  child.once('error', (error) => {
    ended = error.message;
  });
  child.once('exit', (code, signal) => {
    ended = `it ended with ${signal ?? `code ${code}`}`;
  });
  child.unref();
  await output.close();

  const started = Date.now();
  let reported = started;
  while (ended === undefined) {
    const postmaster = await findPostmaster(home.data);
    if (postmaster?.pid === child.pid && postmaster?.status === 'ready') return postmaster;
    if (Date.now() - reported > REPORT_MILLISECONDS) {
      reported = Date.now();
      job.log(`PostgreSQL has been starting for ${Math.round((reported - started) / 1000)} s; its log is ${home.log}`);
    }
    await sleep(POLL_MILLISECONDS);
  }
  // The other process's server may even be gone again; then nothing tells that it was in the way.
  if (!job.finalAttempt || (await findPostmaster(home.data)) || !(await isFree(port))) return undefined;
  throw new ClusterError(`PostgreSQL did not start: ${ended}. Its log, ${home.log}, ends:\n${await endOf(home.log)}`);
}

/** The log is emptied at every start, so that it does not grow for ever. */
async function openLog(path: string): Promise<FileHandle> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_APPEND;
  try {
    return await open(path, flags, 0o600);
  } catch {
    // It is another user's, from a start as root; the directory is ours, or this fails too.
    await rm(path, { force: true });
    return open(path, flags, 0o600);
  }
}

async function endOf(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-LINES_TO_SHOW).join('\n');
}
