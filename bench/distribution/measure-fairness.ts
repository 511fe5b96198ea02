import { withClient } from '../dataset/database.ts';
import type { Target } from '../shared/ask.ts';
import type { DistributionDatabase } from './make-sources.ts';
import type { Options } from './options.ts';
import { timeProduct } from './time-product.ts';

/** The 99 % bounds of chi-squared, by degrees of freedom (tables). */
const BOUNDS: Readonly<Record<number, number>> = { 1: 6.635, 9: 21.666 };

/** How inquiries were distributed, beside the weights. */
export interface Fairness {
  readonly weights: readonly string[];
  readonly inquiries: number;
  readonly assigned: readonly number[];
  readonly chiSquared: number;
  readonly bound: number;
}

/** Registers many inquiries of a source by the system's own randomness, and holds who got them against the weights. */
export async function measureFairness(
  database: DistributionDatabase,
  target: Target,
  weights: readonly string[],
  { inquiries, clients }: Options,
  log: (line: string) => void,
): Promise<Fairness> {
  const source = await database.source(weights);
  await timeProduct(target, source.name, clients, { inquiries });
  const assigned = await withClient(database.url, async (client) => {
    const { rows } = await client.query<{ assigned: number }>(
      `select count(a.id)::int as assigned from operator o
       left join assignment a on a.operator_id = o.id and a.source_id = $1
       where o.id >= $2 and o.id < $2::bigint + $3 group by o.id order by o.id`,
      [source.key, source.firstOperator, weights.length],
    );
    return rows.map((row) => row.assigned);
  });
  const total = weights.reduce((sum, weight) => sum + Number(weight), 0);
  const sum = assigned.reduce((one, other) => one + other, 0);
  const chiSquared = assigned.reduce((figure, seen, n) => {
    const expected = (sum * Number(weights[n])) / total;
    return figure + (seen - expected) ** 2 / expected;
  }, 0);
  const bound = BOUNDS[weights.length - 1];
  if (bound === undefined) throw new Error(`There is no bound for ${weights.length} weights.`);
  log(
    `${sum} inquiries over ${weights.join(', ')}: ${assigned.join(', ')}; chi-squared ${chiSquared.toFixed(2)} of ${bound}`,
  );
  return { weights, inquiries: sum, assigned, chiSquared, bound };
}
