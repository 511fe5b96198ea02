import { loadavg } from 'node:os';
import { withClient } from '../dataset/database.ts';
import { openDataset } from '../dataset/open-dataset.ts';
import { OPERATOR_KEY } from '../dataset/sign-ins.ts';
import { SIZES } from '../dataset/sizes.ts';
import { openCluster, POSTGRES_SETTINGS } from '../shared/cluster.ts';
import { machine, productState, versions } from '../shared/machine.ts';
import { writeResults } from '../shared/write-results.ts';
import { checkEquality } from './check-equality.ts';
import { Contenders, POOL_SIZE } from './contenders.ts';
import { CursorFinder } from './cursor-finder.ts';
import { entriesOf } from './entries.ts';
import { goalsOf } from './goals.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { reportGoals, reportOf } from './print-report.ts';
import type { Workload } from './question.ts';
import { runRounds } from './run-rounds.ts';
import { type Summary, summarise } from './summary.ts';
import { timeEach } from './time-each.ts';
import { makeWorkloads } from './workloads.ts';

/** What else runs, in processes at once over the last minute, from which on it is worth a warning. */
const BUSY = 0.7;

const log = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/**
 * Measures the reads of issue 3: makes the dataset where it is missing, starts everybody, compares their answers, times
 * them in turn, prints tables and writes `results.json`.
 */
export async function runReads(args: readonly string[], stopped: AbortSignal): Promise<void> {
  const options = readOptions(args);
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const loadBefore = loadavg()[0]!;
  if (loadBefore > BUSY) log(`The machine is busy (load ${loadBefore.toFixed(1)}): figures will be low, ratios rough.`);
  await using parts = new AsyncDisposableStack();
  const cluster = await openCluster(log);
  parts.defer(() => cluster.stop());
  const dataset = await openDataset(cluster.url, { anew: options.anew, log });
  stopped.throwIfAborted();
  const contenders = await Contenders.start(dataset, parts);
  log(`Draws with seed ${options.seed}`);
  const summaries = await withClient(dataset.url, async (client) => {
    const workloads = await makeWorkloads(options, {
      client,
      cursors: new CursorFinder(
        await contenders.targetOf('product (admin)'),
        await contenders.targetOf('PostGraphile'),
      ),
      operatorKey: OPERATOR_KEY,
    });
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return measure(workloads, contenders, options, rows[0]!.pid, stopped);
  });
  if (options.checkOnly || options.each) return;
  const goals = goalsOf(summaries);
  log(reportGoals(goals));
  const results = await resultsOf(options, dataset.version, summaries, goals, loadBefore);
  const path = await writeResults('reads', results, options.whole);
  log(`Written to ${path}`);
}

async function measure(
  workloads: readonly Workload[],
  contenders: Contenders,
  { contenders: wanted, schedule, checkOnly, each }: Options,
  backend: number,
  stopped: AbortSignal,
): Promise<Summary[]> {
  const compared = [];
  for (const workload of workloads) {
    const entries = entriesOf(workload, OPERATOR_KEY);
    const { bytes } = await checkEquality(contenders, workload, entries);
    log(`Equal answers: ${workload.name}, ${workload.questions.length} requests of ${entries.length}`);
    stopped.throwIfAborted();
    const timed = entries.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
    compared.push({ workload, timed, bytes });
  }
  const summaries: Summary[] = [];
  for (const { workload, timed, bytes } of checkOnly ? [] : compared) {
    if (each) {
      log(await timeEach(contenders, workload, timed));
      stopped.throwIfAborted();
      continue;
    }
    const rounds = await runRounds(contenders, timed, schedule, backend, stopped);
    const summary = summarise(workload, rounds, bytes);
    summaries.push(summary);
    log(reportOf(summary));
  }
  return summaries;
}

async function resultsOf(
  { schedule, seed }: Options,
  dataset: string,
  summaries: readonly Summary[],
  goals: ReturnType<typeof goalsOf>,
  loadBefore: number,
): Promise<object> {
  return {
    kind: 'reads',
    date: new Date().toISOString(),
    machine: { ...machine(), loadBefore, loadAfter: loadavg()[0] },
    product: productState(),
    versions: await versions(),
    settings: { schedule, seed, poolSize: POOL_SIZE, postgres: POSTGRES_SETTINGS },
    dataset: { version: dataset, ...SIZES },
    goals,
    workloads: summaries,
  };
}
