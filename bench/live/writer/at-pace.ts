import { setTimeout as sleep } from 'node:timers/promises';
import type { Pace, Written } from '../live-message.ts';
import { sharedNow } from '../processes/clock.ts';

/**
 * Writes calls at a pace, some together, each time when it has come, whether what was begun before is done or not.
 *
 * @param write writes so many calls
 */
export async function atPace(
  { perSecond, seconds, together }: Pace,
  write: (count: number) => Promise<Written[]>,
): Promise<Written[]> {
  const started = sharedNow();
  const writing: Promise<Written[]>[] = [];
  while (writing.length * together < perSecond * seconds) {
    const wait = started + (writing.length * together * 1000) / perSecond - sharedNow();
    if (wait > 0) await sleep(wait);
    else writing.push(write(together));
  }
  return (await Promise.all(writing)).flat();
}
