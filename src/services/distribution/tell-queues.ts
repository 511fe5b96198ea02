import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../shared/access/actor.js';
import type { Database } from '../shared/database/database.js';
import type { Work } from '../shared/database/work.js';
import { sourceQueueChanged } from './source-queue.events.js';

/** The queues as they are beside what was told of them, where that differs. */
const CHANGED = sql`
  select source_id, coalesce(n.length, 0) as length, n.longest_since
  from (
    select i.source_id, count(*)::integer as length, min(i.waiting_since) as longest_since
    from inquiry i where i.status = 'ACTIVE' and i.operator_id is null group by i.source_id) n
  full join source_queue q using (source_id)
  where (coalesce(n.length, 0), n.longest_since) is distinct from (coalesce(q.length, 0), q.longest_since)`;

/**
 * Tells of the queues that are not as they were last told: how many wait, and since when the first of them
 * (requirements, part 7: queue length and waiting time for supervisors).
 *
 * @param actor who is said to have done it
 * @returns how many were told
 */
export async function tellQueues(database: Database, actor: Actor): Promise<number> {
  const changed = await database.rows(sql<{ source_id: string }>`select c.source_id from (${CHANGED}) c`);
  if (changed.length === 0) return 0;
  const sources = sql`any(${changed.map(({ source_id }) => source_id)}::bigint[])`;
  return database.transact(actor, (work) => tellQueuesOf(work, sources));
}

async function tellQueuesOf(work: Work, sources: RawBuilder<unknown>): Promise<number> {
  await work.rows(sql`
    insert into source_queue (source_id) select id from source where id = ${sources} order by id on conflict do nothing`);
  await work.rows(sql`select from source_queue where source_id = ${sources} order by source_id for no key update`);
  // Compared anew by a statement of its own: another process may have told of them until the lock was had.
  const told = await work.rows(sql<{
    id: string;
    version: number;
    source_id: string;
    length: number;
    longest_since: string | null;
  }>`
    update source_queue q set length = c.length, longest_since = c.longest_since, version = q.version + 1
    from (${CHANGED}) c where q.source_id = c.source_id and q.source_id = ${sources}
    returning q.id, q.version, q.source_id, q.length, q.longest_since`);
  await work.record(
    told.map(({ id, version, source_id: sourceId, length, longest_since: since }) =>
      sourceQueueChanged(
        { id, version },
        { sourceId, length, longestSince: since === null ? null : new Date(since).toISOString() },
      ),
    ),
  );
  return told.length;
}
