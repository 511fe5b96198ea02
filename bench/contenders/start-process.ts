import { spawn } from 'node:child_process';
import { once } from 'node:events';

const PATIENCE_MS = 60_000;
const KEPT_OUTPUT = 8_000;

/** A server that runs as a process of its own. */
export interface Running {
  readonly pid: number;
  /** Where it answers GraphQL. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts a program of Node and waits until it tells where it listens.
 *
 * @throws Error with what it printed when it ends before, or does not tell within a minute
 */
export async function startProcess(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  directory: string,
): Promise<Running> {
  const child = spawn(process.execPath, [...args], {
    cwd: directory,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listening = Promise.withResolvers<string>();
  const take = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-KEPT_OUTPUT);
    const told = /https?:\/\/[\w.:]+\/graphql/.exec(output);
    if (told) listening.resolve(told[0]);
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const ended = once(child, 'exit');
  const failed = (why: string) => new Error(`${args.join(' ')} ${why}:\n${output}`);
  void ended.then(() => listening.reject(failed('ended')));
  const timer = setTimeout(() => listening.reject(failed('did not listen in time')), PATIENCE_MS);
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
  };
  try {
    return { pid: child.pid!, url: await listening.promise, stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
