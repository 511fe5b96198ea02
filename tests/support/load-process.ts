import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const DIST = join(import.meta.dirname, '../../dist');
const PATIENCE_MS = 30_000;

/** How a process of the product ended, and what it printed. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
}

/** A process of the built product. */
export interface LoadProcess {
  /** `kill -9`. */
  kill(): void;
  /** Asks it to stop. */
  terminate(): void;
  /** What it printed so far. */
  output(): string;
  readonly ended: Promise<Ended>;
}

function follow(child: ChildProcess): LoadProcess {
  let output = '';
  let errors = '';
  child.stdout?.on('data', (text) => {
    output += text;
  });
  child.stderr?.on('data', (text) => {
    errors += text;
  });
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal, output, errors })),
  );
  return { kill: () => child.kill('SIGKILL'), terminate: () => child.kill('SIGTERM'), output: () => output, ended };
}

/** Runs `npm run load -- …` as a process of its own. */
export function runLoad(args: readonly string[], env: NodeJS.ProcessEnv): LoadProcess {
  return follow(spawn(process.execPath, [join(DIST, 'load.js'), ...args], { env: { PATH: process.env.PATH, ...env } }));
}

/** The product as a process of its own, which a terminal can interrupt. */
export interface StartProcess extends LoadProcess {
  /** Ctrl-C: the signal goes to all that the terminal started. */
  interrupt(): void;
}

/** Runs `npm start` as a process of its own, on a port of its own. */
export function runStart(env: NodeJS.ProcessEnv): StartProcess {
  const child = spawn(process.execPath, [join(DIST, 'main.js')], {
    env: { PATH: process.env.PATH, PORT: '0', ...env },
    detached: true,
  });
  return { ...follow(child), interrupt: () => process.kill(-child.pid!, 'SIGINT') };
}

/** Runs an import worker, or the loading of the demo data, as a process of its own. */
export function runBuilt(what: 'worker' | 'demo', databaseUrl: string, directory: string): LoadProcess {
  const from = (file: string) => JSON.stringify(pathToFileURL(join(DIST, 'services', file)).href);
  const script = `
    const { connectOrm } = await import(${from('shared/database/orm.js')});
    const { Database } = await import(${from('shared/database/database.js')});
    const { Calendar } = await import(${from('shared/time/calendar.js')});
    const { systemClock } = await import(${from('shared/time/clock.js')});
    const { startImportWorker } = await import(${from('integrations/import-worker.js')});
    const { loadDemo } = await import(${from('demo/load-demo.js')});
    const orm = await connectOrm(${JSON.stringify(databaseUrl)}, 4);
    const settings = { calendar: new Calendar('Europe/Moscow'), currency: 'RUB' };
    const database = await Database.over(orm, settings, systemClock);
    const silent = () => undefined;
    const logger = { info: silent, debug: silent, warn: console.error, error: console.error };
    if (${JSON.stringify(what)} === 'worker') {
      const worker = await startImportWorker(database, { directory: ${JSON.stringify(directory)}, feedRetentionDays: 7, logger });
      process.once('SIGTERM', () => worker.stop().then(() => process.exit(0)));
      console.log('working');
    } else {
      await loadDemo(database, (line) => console.log(line));
      await orm.close();
    }`;
  return follow(spawn(process.execPath, ['--input-type=module', '-e', script], { env: { PATH: process.env.PATH } }));
}

/** Waits until something holds. */
export async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain: ${what}.`);
    await sleep(10);
  }
}
