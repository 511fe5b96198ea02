import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { withClient } from '../dataset/database.ts';
import { openDataset } from '../dataset/open-dataset.ts';
import { SIZES } from '../dataset/sizes.ts';
import type { Workload } from '../reads/question.ts';
import { machine, productState, versions } from '../shared/machine.ts';
import { BENCH } from '../shared/places.ts';
import { bodiesOf, type Compared, compareAnswers } from './compare-answers.ts';
import { workloadsOf } from './make-workloads.ts';
import { openRoomyCluster, ROOMY_SETTINGS } from './open-roomy-cluster.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { PROBES } from './probes.ts';
import { POOL_SIZE, RunningVariants } from './start-variants.ts';
import { summariseVariants, tableOf, type VariantSummary } from './summarise-variants.ts';
import { timeVariants } from './time-variants.ts';
import { isTimed, VARIANTS, type VariantName } from './variants.ts';

const PATH = join(BENCH, 'results/experiments.json');

/** Runs the whole of GraphQL, and so must get wrong requests right too. */
const EXECUTOR: VariantName = 'jit';

const log = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/**
 * Measures what was tried for the reads of issue 3 beside what is in the product: compares the answers of all variants
 * with those of graphql-js and the resolvers, times them in turn, prints tables and writes `results/experiments.json`.
 */
export async function runExperiments(args: readonly string[], stopped: AbortSignal): Promise<void> {
  const options = readOptions(args);
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const loadBefore = loadavg()[0]!;
  await using parts = new AsyncDisposableStack();
  const cluster = await openRoomyCluster(log);
  parts.defer(() => cluster.stop());
  const dataset = await openDataset(cluster.url, { anew: false, log });
  stopped.throwIfAborted();
  const variants = await RunningVariants.start(options.variants, dataset.url, parts);
  const { compared, summaries } = await withClient(dataset.url, async (client) => {
    const workloads = await workloadsOf(options.cases, options.seed, dataset, client, variants);
    const different = await compareAll(variants, options, workloads);
    if (options.checkOnly) return { compared: different, summaries: [] };
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const fixed = workloads.filter(({ drawn }) => !drawn);
    return { compared: different, summaries: await timeAll(variants, options, fixed, rows[0]!.pid, stopped) };
  });
  if (options.checkOnly) return;
  await writeResults({
    kind: 'experiments',
    date: new Date().toISOString(),
    machine: { ...machine(), loadBefore, loadAfter: loadavg()[0] },
    product: productState(),
    versions: await versions(),
    settings: { schedule: options.schedule, seed: options.seed, poolSize: POOL_SIZE, postgres: ROOMY_SETTINGS },
    dataset: { version: dataset.version, ...SIZES },
    variants: Object.fromEntries(options.variants.map((name) => [name, VARIANTS[name].what])),
    compared,
    summaries,
  });
  log(`\nWritten to ${PATH}`);
}

async function compareAll(
  variants: RunningVariants,
  { variants: names }: Options,
  workloads: readonly Workload[],
): Promise<Compared[]> {
  const compared: Compared[] = [];
  for (const workload of workloads) {
    compared.push(...(await compareAnswers(variants, names, workload, bodiesOf(workload))));
  }
  const executors = names.filter((name) => name === EXECUTOR);
  compared.push(...(await compareAnswers(variants, executors, { name: 'probes', of: 'node', drawn: true }, PROBES)));
  const asked = compared.reduce((sum, { questions }) => sum + questions, 0);
  const wrong = compared.filter(({ different }) => different > 0);
  log(`Compared ${asked} answers with those of the resolvers`);
  for (const { variant, workload, questions, different, examples } of wrong) {
    log(`  ${variant}, ${workload}: ${different} of ${questions} differ`);
    log(`    such as ${examples[0]!.difference}\n    asked: ${examples[0]!.asked}`);
  }
  return compared;
}

async function timeAll(
  variants: RunningVariants,
  { variants: names, schedule }: Options,
  workloads: readonly Workload[],
  backend: number,
  stopped: AbortSignal,
): Promise<VariantSummary[]> {
  const summaries: VariantSummary[] = [];
  for (const workload of workloads) {
    const able = names.filter((name) => isTimed(name, workload.of));
    const timed = await timeVariants(variants, able, bodiesOf(workload), schedule, backend, stopped);
    const ofCase = summariseVariants(workload.of, timed);
    summaries.push(...ofCase);
    log(tableOf(workload.of, ofCase));
  }
  return summaries;
}

/** Four digits are more than any measurement here is good for. */
async function writeResults(results: object): Promise<void> {
  const rounded = (_: string, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
  await mkdir(join(BENCH, 'results'), { recursive: true });
  await writeFile(PATH, `${JSON.stringify(results, rounded, 2)}\n`);
}
