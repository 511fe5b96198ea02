import type { Client } from 'pg';
import { startPostgraphile } from '../contenders/postgraphile.ts';
import type { Dataset } from '../dataset/open-dataset.ts';
import { OPERATOR_KEY } from '../dataset/sign-ins.ts';
import { CursorFinder } from '../reads/cursor-finder.ts';
import { readOptions } from '../reads/options.ts';
import type { CaseName, Workload } from '../reads/question.ts';
import { makeWorkloads } from '../reads/workloads.ts';
import type { RunningVariants } from './start-variants.ts';

/**
 * The read bench's own questions: those of the cases, and those that are drawn.
 *
 * They are made in PostGraphile's terms too, and need its cursors, so it runs until they are.
 */
export async function workloadsOf(
  cases: readonly CaseName[],
  seed: number,
  { readerUrl }: Dataset,
  client: Client,
  variants: RunningVariants,
): Promise<Workload[]> {
  const peer = await startPostgraphile(readerUrl, 2);
  try {
    const cursors = new CursorFinder(await variants.targetOf('resolvers'), { url: peer.url, headers: {} });
    const options = readOptions(['--only', cases.join(','), '--kinds', 'fixed,drawn', '--seed', String(seed)]);
    return await makeWorkloads(options, { client, cursors, operatorKey: OPERATOR_KEY });
  } finally {
    await peer.stop();
  }
}
