import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import type { Sizes } from './sizes.ts';

/** The statements that make the dataset, in their order. */
export const FILL = join(import.meta.dirname, 'fill');

/** The names of the files of `FILL`, in the order in which they run. */
export async function fillSteps(): Promise<string[]> {
  return (await readdir(FILL)).filter((name) => name.endsWith('.sql')).sort();
}

/**
 * Fills a database that has the product's tables and nothing in them.
 *
 * Triggers and references are off meanwhile, for speed: `verifyDataset` looks afterwards for what they would have
 * refused.
 */
export async function fillDataset(client: Client, sizes: Sizes, log: (line: string) => void): Promise<void> {
  await client.query(`set session_replication_role = replica; set timezone = 'UTC'; set work_mem = '128MB';
    set max_parallel_workers_per_gather = 0`);
  await setSizes(client, {
    customers: sizes.customers,
    contracts: sizes.contracts,
    answered_calls: sizes.answeredCalls,
    payments: sizes.payments,
    operators: sizes.operators,
  });
  for (const step of await fillSteps()) {
    const start = performance.now();
    await client.query(await readFile(join(FILL, step), 'utf8'));
    await countSubscribers(client);
    await client.query('analyze');
    log(`  ${step} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
  await client.query('reset session_replication_role; reset work_mem; reset max_parallel_workers_per_gather');
}

async function setSizes(client: Client, sizes: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, value] of Object.entries(sizes)) {
    await client.query('select set_config($1, $2, false)', [`bench.${name}`, String(value)]);
  }
}

/** How many call and are called is known once contracts are there. */
async function countSubscribers(client: Client): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass('bench.subscriber') is not null as there`,
  );
  if (!rows[0]?.there) return;
  const counted = await client.query<{ count: string }>('select count(*) from bench.subscriber');
  await setSizes(client, { subscribers: Number(counted.rows[0]?.count) });
}
