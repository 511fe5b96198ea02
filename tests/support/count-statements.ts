import type { PoolClient } from 'pg';
import type { Product } from './product.js';

/** A statement as it went to the database. */
export interface SentStatement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Whether it went over a connection for prepared reads. */
  readonly byReadPool: boolean;
}

type Query = string | { readonly text: string; readonly values?: readonly unknown[] };

/** The statements that a product sends while something runs. */
export async function sentBy(
  { database }: Pick<Product, 'database'>,
  run: () => Promise<unknown>,
): Promise<SentStatement[]> {
  const sent: SentStatement[] = [];
  const watched = new Map<PoolClient, PoolClient['query']>();
  const watchers = [database.pool, database.readPool].map((pool) => {
    const watch = (client: PoolClient) => {
      if (watched.has(client)) return;
      const query = client.query;
      watched.set(client, query);
      client.query = ((...args: unknown[]) => {
        sent.push({ ...statementOf(args), byReadPool: pool === database.readPool });
        return Reflect.apply(query, client, args);
      }) as PoolClient['query'];
    };
    return { pool, watch };
  });
  for (const { pool, watch } of watchers) pool.on('acquire', watch);
  try {
    await run();
    return sent;
  } finally {
    for (const { pool, watch } of watchers) pool.off('acquire', watch);
    for (const [client, query] of watched) client.query = query;
  }
}

/** Texts of the statements that a product sends while something runs. */
export async function statementsOf(product: Pick<Product, 'database'>, run: () => Promise<unknown>): Promise<string[]> {
  return (await sentBy(product, run)).map(({ text }) => text);
}

/** What the driver is given: a text and its values, or both in one object. */
function statementOf([query, values]: readonly unknown[]): Pick<SentStatement, 'text' | 'values'> {
  const given = query as Query;
  const beside = Array.isArray(values) ? values : [];
  return typeof given === 'string'
    ? { text: given, values: beside }
    : { text: given.text, values: given.values ?? beside };
}
