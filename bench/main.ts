import { buildProduct, installDependencies } from './shared/prepare.ts';

const [first, ...rest] = process.argv.slice(2);
const kind = first === undefined || first.startsWith('-') ? 'reads' : first;
const args = kind === first ? rest : process.argv.slice(2);

/** Each kind of run with what it is started by; loaded once the bench's own dependencies are there. */
const KINDS: Readonly<Record<string, () => Promise<(args: readonly string[], stopped: AbortSignal) => Promise<void>>>> =
  {
    reads: async () => (await import('./reads/run-reads.ts')).runReads,
    floor: async () => (await import('./floor-ways/run-floor-ways.ts')).runFloorWays,
    experiments: async () => (await import('./experiments/run-experiments.ts')).runExperiments,
    live: async () => (await import('./live/run-live.ts')).runLive,
    distribution: async () => (await import('./distribution/run-distribution.ts')).runDistribution,
  };

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stop.signal.aborted) process.exit(1);
    stop.abort(new Error(`${signal}: stopped`));
  });
}

try {
  const load = KINDS[kind];
  if (!load) throw new TypeError(`There is no bench ${kind}; there are ${Object.keys(KINDS).join(', ')}.`);
  installDependencies();
  buildProduct();
  const run = await load();
  await run(args, stop.signal);
  process.exit(0);
} catch (error) {
  const { name, message, stack } = error as Error;
  process.stderr.write(`${name === 'TypeError' || stop.signal.aborted ? message : stack}\n`);
  process.exit(1);
}
