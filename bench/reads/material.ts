import type { Client } from 'pg';
import type { Random } from '../shared/random.ts';
import type { CursorFinder } from './cursor-finder.ts';

/** What cases are made of: rows of the dataset to ask for, and places in its lists. */
export interface Material {
  readonly client: Client;
  readonly cursors: CursorFinder;
  readonly random: Random;
  /** Whom the product is asked as besides the admin. */
  readonly operatorKey: string;
}

/** Rows of a statement that draws: `random()` in it repeats with the seed. */
export async function drawRows<Row extends object>(
  { client, random }: Material,
  statement: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  await client.query('select setseed($1)', [random.next()]);
  const { rows } = await client.query<Row>(statement, [...values]);
  if (rows.length === 0) throw new Error(`The dataset has nothing for: ${statement}`);
  return rows;
}
