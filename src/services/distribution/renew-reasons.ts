import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';

/**
 * Says of inquiries that nobody can take why they wait, as it is now. It is no change of theirs, and nothing tells of it:
 * what it follows from was told.
 *
 * @param most of so many at once
 * @returns of how many it was not said so before
 */
export async function renewReasons(work: Work, most: number): Promise<number> {
  const { day, time } = work.settings.calendar.weekTimeOf(work.now);
  const [row] = await work.rows(sql<{ renewed: number }>`
    select distribution.renew_reasons(${day}, ${time}, ${most}) as renewed`);
  return row!.renewed;
}
