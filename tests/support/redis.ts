import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../../src/services/shared/postgres/free-port.js';

const PROGRAMS = ['redis-server', 'valkey-server'];
/** How long a server may take to answer, in milliseconds. */
const PATIENCE_MS = 10_000;

/** A Redis or Valkey of a test's own, which it may stop. */
export interface TestRedis {
  readonly url: string;
  /** Lets it answer no more, with its connections open, as one that hangs. */
  pause(): void;
  resume(): void;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** Starts it again on the same port, empty. */
  startAgain(): Promise<void>;
  /** Ends it for good. */
  stop(): Promise<void>;
}

/** Where one of the programs is, the first of the PATH; undefined where there is none. */
function findProgram(): string | undefined {
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of PROGRAMS) {
      try {
        accessSync(join(directory, name), constants.X_OK);
        return join(directory, name);
      } catch {
        // It is in another directory, or not installed.
      }
    }
  }
  return undefined;
}

const program = findProgram();

/**
 * Tests that need a Redis; where none is installed they are left out, and the run says so. In CI, which installs it and
 * says so by `REDIS_TEST_URL`, they are never left out.
 */
export function describeWithRedis(name: string, tests: () => void): void {
  if (program || process.env.REDIS_TEST_URL) {
    describe(name, tests);
    return;
  }
  process.stderr.write(`Left out, since neither redis-server nor valkey-server is installed: ${name}\n`);
  describe.skip(name, tests);
}

/** Whether a server answers on a port of 127.0.0.1. */
async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    socket.write('PING\r\n');
    const [reply] = await once(socket, 'data');
    return /^\+PONG|^-NOAUTH/.test(String(reply));
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function launch(port: number, options: readonly string[]): Promise<ChildProcess> {
  if (!program) throw new Error('Neither redis-server nor valkey-server is on the PATH.');
  const arguments_ = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...options];
  const child = spawn(program, arguments_, { cwd: tmpdir(), stdio: 'ignore' });
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`${program} does not answer on port ${port}.`);
    }
    await sleep(10);
  }
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** The Redis of `REDIS_TEST_URL`, or one that is started: for tests that do nothing to it. */
export async function useRedis(): Promise<Pick<TestRedis, 'url' | 'stop'>> {
  const url = process.env.REDIS_TEST_URL;
  return url ? { url, stop: async () => undefined } : startRedis();
}

/**
 * Starts one on a free port, which keeps nothing on disk.
 *
 * @param options further options of its command line, such as `--requirepass`
 */
export async function startRedis(...options: string[]): Promise<TestRedis> {
  const port = await findFreePort();
  let child = await launch(port, options);
  // A test run that is broken off leaves none behind.
  const onExit = () => child.kill('SIGKILL');
  process.once('exit', onExit);
  return {
    url: `redis://127.0.0.1:${port}`,
    pause: () => child.kill('SIGSTOP'),
    resume: () => child.kill('SIGCONT'),
    kill: () => end(child),
    startAgain: async () => {
      child = await launch(port, options);
    },
    stop: async () => {
      process.removeListener('exit', onExit);
      await end(child);
    },
  };
}
