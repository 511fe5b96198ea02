import { randomBytes } from 'node:crypto';
import { loadavg } from 'node:os';
import { withClient } from '../dataset/database.ts';
import { openCluster, POSTGRES_SETTINGS } from '../shared/cluster.ts';
import { machine, productState, versions } from '../shared/machine.ts';
import { BENCH } from '../shared/places.ts';
import { parentOf } from '../shared/processor-time.ts';
import { CONTENDERS, type Contender, startContender } from './contenders.ts';
import { type LiveDatabase, makeDatabase } from './database/make-database.ts';
import { goalsOf } from './goals.ts';
import { QUERY } from './live-message.ts';
import { mostSockets } from './measure-memory.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { reportGoals, reportOf } from './print-report.ts';
import { Child } from './processes/child.ts';
import { checkOpenFiles } from './processes/open-files.ts';
import { runCase, type Stage } from './run-case.ts';
import type { Summary } from './summary.ts';
import { writeLiveResults } from './write-live-results.ts';

/** What else runs, in processes at once over the last minute, from which on it is worth a warning. */
const BUSY = 0.7;

const log = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/**
 * Measures the live part, issue 4: makes a database with subscribers, starts everybody, compares their messages, measures
 * them in turn, prints tables and writes `results/live.json`.
 */
export async function runLive(args: readonly string[], stopped: AbortSignal): Promise<void> {
  const options = readOptions(args);
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  try {
    await run(options, stopped);
  } catch (error) {
    // What failed then failed because of that.
    stopped.throwIfAborted();
    throw error;
  }
}

async function run(options: Options, stopped: AbortSignal): Promise<void> {
  await checkOpenFiles(Math.max(...options.sockets, options.cases.includes('memory') ? mostSockets(options.idle) : 0));
  const loadBefore = loadavg()[0]!;
  if (loadBefore > BUSY) log(`The machine is busy (load ${loadBefore.toFixed(1)}): figures will be low, ratios rough.`);
  await using parts = new AsyncDisposableStack();
  const cluster = await openCluster(log);
  parts.defer(() => cluster.stop());
  const database = await makeDatabase(cluster.url, options.sockets[0]!);
  stopped.throwIfAborted();
  const stage = await openStage(database, parts, stopped);
  const summaries: Summary[] = [];
  for (const name of options.cases) {
    for (const summary of await runCase(stage, name, options)) {
      summaries.push(summary);
      log(reportOf(summary));
    }
  }
  const goals = goalsOf(summaries);
  log(reportGoals(goals));
  const path = await writeLiveResults(await resultsOf(options, summaries, goals, loadBefore), options.whole);
  log(`Written to ${path}`);
}

async function openStage(database: LiveDatabase, parts: AsyncDisposableStack, stopped: AbortSignal): Promise<Stage> {
  const jwtSecret = randomBytes(32).toString('hex');
  const contenders: Contender[] = [];
  for (const name of CONTENDERS) {
    stopped.throwIfAborted();
    contenders.push(await startContender(name, database, jwtSecret, parts));
  }
  const client = new Child(['live/client/client.ts'], {}, BENCH);
  parts.defer(() => client.stop());
  const postmaster = await withClient(database.url, async (session) => {
    const { rows } = await session.query<{ pid: number }>('select pg_backend_pid() as pid');
    return parentOf(rows[0]!.pid);
  });
  return { database, jwtSecret, contenders, client, postmaster, stopped, log };
}

async function resultsOf(
  { rounds, turn, sockets, perSecond, together, idle }: Options,
  summaries: readonly Summary[],
  goals: ReturnType<typeof goalsOf>,
  loadBefore: number,
): Promise<object> {
  return {
    kind: 'live',
    date: new Date().toISOString(),
    machine: { ...machine(), loadBefore, loadAfter: loadavg()[0] },
    product: productState(),
    versions: await versions(),
    settings: { rounds, ...turn, sockets, perSecond, together, idle, query: QUERY, postgres: POSTGRES_SETTINGS },
    goals,
    cases: summaries,
  };
}
