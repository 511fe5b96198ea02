import { sql } from 'kysely';
import { AssignmentEnd } from '../../entities/distribution/assignment-end.enum.js';
import { WaitingReason } from '../../entities/distribution/waiting-reason.enum.js';
import type { Work } from '../shared/database/work.js';
import { inquiryReleased } from './inquiry.events.js';

/** An inquiry that waits again. */
interface Released {
  id: string;
  version: number;
  source_id: string;
  lead_id: string;
}

/**
 * Takes from an operator all inquiries that they have open: they wait again, in the places that they had (requirements,
 * part 7: who leaves or goes inactive keeps nothing). The operator's row is locked when this is done, so that none comes
 * until the transaction ends: by then the operator must not be eligible any more.
 *
 * @param operatorId a key; of nobody there is nothing to release
 * @returns how many
 */
export async function releaseInquiriesOf(work: Work, operatorId: string): Promise<number> {
  await holdInquiriesOf(work, operatorId);
  await work.rows(sql`select from operator where id = ${operatorId} for no key update`);
  // Those that came before the operator's row was locked; whoever holds one of them and waits for that row in turn makes a
  // deadlock, after which one of both begins anew.
  const ids = await holdInquiriesOf(work, operatorId);
  if (ids.length === 0) return 0;
  await work.rows(sql`
    select distribution.release(k.id, ${AssignmentEnd.OPERATOR_LEFT}, ${WaitingReason.HANDED_BACK}, ${work.now})
    from unnest(${ids}::bigint[]) with ordinality k(id, n) order by k.n`);
  const released = await work.rows(sql<Released>`
    select id, version, source_id, lead_id from inquiry where id = any(${ids}::bigint[]) order by id`);
  const gone = { previousOperatorId: operatorId, end: AssignmentEnd.OPERATOR_LEFT };
  await work.record(
    released.map(({ id, version, source_id: sourceId, lead_id: leadId }) =>
      inquiryReleased({ id, version, sourceId, leadId, operatorId: null, groupId: null }, gone),
    ),
  );
  return ids.length;
}

async function holdInquiriesOf(work: Work, operatorId: string): Promise<string[]> {
  const rows = await work.rows(sql<{ id: string }>`
    select id from inquiry where operator_id = ${operatorId} and status = 'ACTIVE' order by id for no key update`);
  return rows.map(({ id }) => id);
}
