import type { SqlExecutor } from '../../src/services/shared/database/sql-executor.js';
import { untilReadable } from './until-readable.js';

/** How often an event is tried: in one of them the machine was not busy with something else. */
const MOST_TRIES = 5;

/**
 * How long an event takes to those who follow, counted from when the log may be read as far as it, in milliseconds: the
 * shortest of a few tries, of which one that is shorter than `enough` is the last.
 *
 * @param record records an event
 * @param arrived waits until it is with all
 */
export async function delayOfEvent(
  database: SqlExecutor,
  enough: number,
  { record, arrived }: { readonly record: () => Promise<unknown>; readonly arrived: () => Promise<unknown> },
): Promise<number> {
  let shortest = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < MOST_TRIES && shortest >= enough; tries += 1) {
    await record();
    const now = () => performance.now();
    const [readableAt, arrivedAt] = await Promise.all([untilReadable(database).then(now), arrived().then(now)]);
    shortest = Math.min(shortest, Math.max(0, arrivedAt - readableAt));
  }
  return shortest;
}
