import { type Distributor, startDistributor } from '../../src/services/distribution/distributor.js';
import { type Draws, systemDraws } from '../../src/services/distribution/draws.js';
import type { Database } from '../../src/services/shared/database/database.js';

/** What distributes inquiries of a product's database, as a process of the product has it. */
export interface TestDistributor extends Distributor {
  /** What failed in it. */
  readonly failures: readonly unknown[];
}

/**
 * Starts one; it must be stopped before the product is.
 *
 * @param options.pollMs how soon it looks unasked; with a long time, whatever it does quickly it was woken for
 */
export async function startTestDistributor(
  { database }: { readonly database: Database },
  { draws = systemDraws, pollMs }: { readonly draws?: Draws; readonly pollMs?: number } = {},
): Promise<TestDistributor> {
  const failures: unknown[] = [];
  const distributor = await startDistributor(database, draws, (error) => failures.push(error), pollMs);
  return { ...distributor, failures };
}
