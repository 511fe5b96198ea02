import { isDeepStrictEqual } from 'node:util';
import type { Client } from 'pg';
import { WAYS } from '../contenders/floor/json-text.ts';
import { statementsOf } from '../contenders/floor/statements.ts';
import { withClient } from '../dataset/database.ts';
import { openDataset } from '../dataset/open-dataset.ts';
import { openCluster } from '../shared/cluster.ts';
import { printTable } from '../shared/print-table.ts';
import { median } from '../shared/statistics.ts';

const ROUNDS = 9;
const REQUESTS = 100;

const log = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** What each statement is asked for; the others are asked for key 100. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  page: ['Иванов', '0'],
  card: ['77'],
  list: ['COMPLETED', '2026-09-10T21:00:00Z', '2026-09-11T21:00:00Z'],
  'deep-first': [],
  'deep-after': ['2026-09-10T21:00:00Z', '100000'],
};

/** Measures the ways in which the floor could build its answers, and sees that they say the same. */
export async function runFloorWays(_args: readonly string[], stopped: AbortSignal): Promise<void> {
  await using parts = new AsyncDisposableStack();
  const cluster = await openCluster(log);
  parts.defer(() => cluster.stop());
  const { url } = await openDataset(cluster.url, { anew: false, log });
  const rows = await withClient(url, async (client) => {
    await client.query(`set timezone = 'UTC'`);
    const measured: string[][] = [];
    for (const name of Object.keys(statementsOf(WAYS.concatenated!))) {
      stopped.throwIfAborted();
      measured.push([name, ...(await measureWays(client, name))]);
    }
    return measured;
  });
  log(printTable(['ms of a request', ...Object.keys(WAYS)], rows));
}

async function measureWays(client: Client, name: string): Promise<string[]> {
  const ways = Object.entries(WAYS).map(([way, json]) => ({
    query: { name: `${name}-${way}`, text: statementsOf(json)[name]!, values: [...(VALUES[name] ?? ['100'])] },
    took: [] as number[],
  }));
  const answers: unknown[] = [];
  for (const { query } of ways) {
    const { rows } = await client.query<[string]>({ ...query, rowMode: 'array' });
    answers.push(JSON.parse(rows[0]![0]));
  }
  if (!answers.every((answer) => isDeepStrictEqual(answer, answers[0]))) throw new Error(`${name} differs by its way.`);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { query, took } of ways) {
      const start = performance.now();
      for (let n = 0; n < REQUESTS; n += 1) await client.query({ ...query, rowMode: 'array' });
      took.push((performance.now() - start) / REQUESTS);
    }
  }
  return ways.map(({ took }) => median(took).toFixed(3));
}
