import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { startProduct } from '../contenders/product.ts';
import { withClient } from '../dataset/database.ts';
import { openCluster, POSTGRES_SETTINGS } from '../shared/cluster.ts';
import { machine, productState, versions } from '../shared/machine.ts';
import { BENCH, DATA } from '../shared/places.ts';
import { printTable } from '../shared/print-table.ts';
import { parentOf, processorSeconds, processorSecondsOfSessions } from '../shared/processor-time.ts';
import { median } from '../shared/statistics.ts';
import { type BenchSource, type DistributionDatabase, makeDatabase } from './make-sources.ts';
import { type Fairness, measureFairness } from './measure-fairness.ts';
import { GOAL_OPERATORS, HELP, OPERATORS, type Options, readOptions } from './options.ts';
import { timePgbench } from './time-pgbench.ts';
import { MUTATION, timeProduct } from './time-product.ts';

/** Of what one SQL function does, so much the product is to reach; and how far it may grow from 5 operators to 500. */
const TO_FLOOR = 0.4;
const GROWTH = 2;
/** Connections of the product for writes, one for each client. */
const POOL = 16;

/** What was measured of sources with so many operators, round by round. */
interface Case {
  readonly operators: number;
  readonly rounds: readonly {
    readonly product: Measured;
    readonly floor: { readonly perSecond: number; readonly postgresMs: number };
  }[];
}

interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Processor time of one inquiry, in milliseconds. */
  readonly serverMs: number;
  readonly postgresMs: number;
}

const log = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/**
 * Measures the distribution, issue 5: inquiries a second through GraphQL beside one SQL function that pgbench calls, with 5,
 * 50 and 500 operators, and whether the weights are kept with the system's own randomness.
 */
export async function runDistribution(args: readonly string[], stopped: AbortSignal): Promise<void> {
  const options = readOptions(args);
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const loadBefore = loadavg()[0]!;
  await using parts = new AsyncDisposableStack();
  const cluster = await openCluster(log);
  parts.defer(() => cluster.stop());
  const database = await makeDatabase(cluster.url);
  const cases: Case[] = [];
  const sources = new Map<number, BenchSource>();
  for (const operators of OPERATORS) {
    sources.set(operators, await database.source(Array.from({ length: operators }, (_, n) => String(1 + (n % 10)))));
  }
  const product = await startProduct(database.url, POOL);
  parts.defer(() => product.stop());
  const target = { url: product.url, headers: { authorization: `Bearer ${database.token}` } };
  const postmaster = await postmasterOf(database);
  const spent = async () => ({
    server: await processorSeconds(product.pid),
    postgres: await processorSecondsOfSessions(postmaster),
  });
  for (const operators of OPERATORS) {
    const source = sources.get(operators)!;
    await timeProduct(target, source.name, options.clients, { seconds: options.warmUpSeconds });
    await timePgbench(database.url, source.key, { clients: options.clients, seconds: options.warmUpSeconds });
  }
  for (const operators of OPERATORS) cases.push({ operators, rounds: [] });
  for (let round = 0; round < options.rounds; round += 1) {
    for (const one of cases) {
      stopped.throwIfAborted();
      const source = sources.get(one.operators)!;
      const before = await spent();
      const { perSecond, p50, p99, inquiries } = await timeProduct(target, source.name, options.clients, options);
      const after = await spent();
      const floor = await timePgbench(database.url, source.key, options);
      const atEnd = await spent();
      (one.rounds as Case['rounds'][number][]).push({
        product: {
          perSecond,
          p50,
          p99,
          serverMs: ((after.server - before.server) * 1000) / inquiries,
          postgresMs: ((after.postgres - before.postgres) * 1000) / inquiries,
        },
        floor: { perSecond: floor, postgresMs: ((atEnd.postgres - after.postgres) * 1000) / (floor * options.seconds) },
      });
    }
  }
  log(tableOf(cases));
  const fairness: Fairness[] = [];
  if (options.inquiries > 0) {
    for (const weights of [
      ['10', '30'],
      ['0.5', '1.25', '2', '2.75', '3', '4.5', '5.125', '7', '9.9', '13.3'],
    ]) {
      fairness.push(await measureFairness(database, target, weights, options, log));
    }
  }
  const goals = goalsOf(cases, fairness);
  log(
    printTable(
      ['goal', 'wanted', 'reached', 'met'],
      goals.map((goal) => [goal.goal, goal.wanted, goal.reached.toFixed(3), goal.met ? 'yes' : 'NO']),
    ),
  );
  const results = {
    kind: 'distribution',
    date: new Date().toISOString(),
    machine: { ...machine(), loadBefore, loadAfter: loadavg()[0] },
    product: productState(),
    versions: await versions(),
    settings: { ...options, mutation: MUTATION, postgres: POSTGRES_SETTINGS, pool: POOL },
    goals,
    cases,
    fairness,
  };
  log(`Written to ${await write(results, options)}`);
}

const ratio = ({ rounds }: Case): number =>
  median(rounds.map(({ product, floor }) => product.perSecond / floor.perSecond));
const middle = ({ rounds }: Case, of: (round: Case['rounds'][number]) => number): number => median(rounds.map(of));

function tableOf(cases: readonly Case[]): string {
  const header = [
    'operators',
    'product/s',
    'floor/s',
    'ratio',
    'p50 ms',
    'p99 ms',
    'server ms',
    'postgres ms',
    'floor’s',
  ];
  return printTable(
    header,
    cases.map((one) => [
      String(one.operators),
      middle(one, ({ product }) => product.perSecond).toFixed(0),
      middle(one, ({ floor }) => floor.perSecond).toFixed(0),
      ratio(one).toFixed(3),
      middle(one, ({ product }) => product.p50).toFixed(1),
      middle(one, ({ product }) => product.p99).toFixed(1),
      middle(one, ({ product }) => product.serverMs).toFixed(3),
      middle(one, ({ product }) => product.postgresMs).toFixed(3),
      middle(one, ({ floor }) => floor.postgresMs).toFixed(3),
    ]),
  );
}

function goalsOf(cases: readonly Case[], fairness: readonly Fairness[]) {
  const of = (operators: number) => cases.find((one) => one.operators === operators)!;
  const reached = ratio(of(GOAL_OPERATORS));
  const [few, many] = [of(OPERATORS[0]), of(OPERATORS[2])];
  const growth = median(few.rounds.map(({ product }, n) => product.perSecond / many.rounds[n]!.product.perSecond));
  return [
    {
      goal: `inquiries a second with ${GOAL_OPERATORS} operators, of one SQL function's`,
      wanted: `at least ${TO_FLOOR}`,
      reached,
      met: reached >= TO_FLOOR,
    },
    {
      goal: `time of an inquiry with ${OPERATORS[2]} operators, of that with ${OPERATORS[0]}`,
      wanted: `below ${GROWTH}`,
      reached: growth,
      met: growth < GROWTH,
    },
    ...fairness.map(({ weights, inquiries, chiSquared, bound }) => ({
      goal: `chi-squared of ${inquiries} inquiries over ${weights.length} weights`,
      wanted: `at most ${bound.toFixed(2)} (99 %)`,
      reached: chiSquared,
      met: chiSquared <= bound,
    })),
  ];
}

async function postmasterOf({ url }: DistributionDatabase): Promise<number> {
  return withClient(url, async (session) => {
    const { rows } = await session.query<{ pid: number }>('select pg_backend_pid() as pid');
    return parentOf(rows[0]!.pid);
  });
}

async function write(results: object, { whole }: Options): Promise<string> {
  const path = whole ? join(BENCH, 'results/distribution.json') : join(DATA, 'last-distribution.json');
  await mkdir(dirname(path), { recursive: true });
  const rounded = (_: string, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
  await writeFile(path, `${JSON.stringify(results, rounded, 2)}\n`);
  return path;
}
