import type { PoolClient } from 'pg';
import type { Product } from './product.js';

/** Texts of the statements that a product sends while something runs. */
export async function statementsOf({ database }: Product, run: () => Promise<unknown>): Promise<string[]> {
  const pools = [database.pool, database.readPool];
  const texts: string[] = [];
  const watched = new Map<PoolClient, PoolClient['query']>();
  const watch = (client: PoolClient) => {
    if (watched.has(client)) return;
    const query = client.query;
    watched.set(client, query);
    client.query = ((...args: unknown[]) => {
      const [statement] = args as [string | { text: string }];
      texts.push(typeof statement === 'string' ? statement : statement.text);
      return Reflect.apply(query, client, args);
    }) as PoolClient['query'];
  };
  for (const pool of pools) pool.on('acquire', watch);
  try {
    await run();
    return texts;
  } finally {
    for (const pool of pools) pool.off('acquire', watch);
    for (const [client, query] of watched) client.query = query;
  }
}
