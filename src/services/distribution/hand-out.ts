import { sql } from 'kysely';
import type { AssignmentWay } from '../../entities/distribution/assignment-way.enum.js';
import type { Work } from '../shared/database/work.js';
import { type Draws, drawFor } from './draws.js';
import { inquiryAssigned } from './inquiry.events.js';

/** What `distribution.hand_out` gave to somebody. */
interface HandedOut {
  inquiry_id: string;
  version: number;
  source_id: string;
  lead_id: string;
  operator_id: string;
  group_id: string | null;
  way: AssignmentWay;
  load: number;
  max_load: number;
  accept_by: string | null;
}

/**
 * Gives inquiries that wait to operators who are free now, by priority and place in the queue (requirements, part 7).
 *
 * @param most so many at once
 * @returns how many; less than `most` when nobody who waits can be given to anybody
 */
export async function handOut(work: Work, draws: Draws, most: number): Promise<number> {
  const { day, time } = work.settings.calendar.weekTimeOf(work.now);
  const rows = await work.rows(sql<HandedOut>`
    select * from distribution.hand_out(${work.now}, ${day}, ${time}, ${drawFor(draws, most)}::bigint[])`);
  await work.record(
    rows.map((row) =>
      inquiryAssigned(
        {
          id: row.inquiry_id,
          version: row.version,
          sourceId: row.source_id,
          leadId: row.lead_id,
          operatorId: row.operator_id,
          groupId: row.group_id,
        },
        {
          way: row.way,
          load: row.load,
          maxLoad: row.max_load,
          previousOperatorId: null,
          acceptBy: row.accept_by === null ? null : new Date(row.accept_by).toISOString(),
        },
      ),
    ),
  );
  return rows.length;
}
