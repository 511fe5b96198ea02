import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import type { Found } from './erasable-records.js';

/** Empties records of their contents, of their clients, or of both; @returns how many of them still had any. */
export async function eraseRecords({ rows, now }: Work, { contents, clients }: Found): Promise<number> {
  if (contents.length + clients.length === 0) return 0;
  const at = sql`${now.toISOString()}::timestamptz`;
  const contentIds = contents.map(({ id }) => id);
  const clientIds = clients.map(({ id }) => id);
  // Locked in one order, whoever else erases; and looked at again then.
  const [erased] = await rows(sql<{ records: number }>`
    with found as (
      select id, id = any(${contentIds}::bigint[]) and erased_at is null as contents,
        id = any(${clientIds}::bigint[]) and client_erased_at is null as client
      from change_record where id = any(${[...contentIds, ...clientIds]}::bigint[]) order by id for update),
    erased as (
      update change_record r set
        before = case when f.contents then null else before end,
        after = case when f.contents then null else after end,
        erased_at = case when f.contents then ${at} else erased_at end,
        client_address = case when f.client then null else client_address end,
        client_agent = case when f.client then null else client_agent end,
        client_name = case when f.client then null else client_name end,
        client_version = case when f.client then null else client_version end,
        client_erased_at = case when f.client then ${at} else client_erased_at end
      from found f where f.id = r.id and (f.contents or f.client) returning r.id)
    select count(*)::integer as records from erased`);
  return erased!.records;
}
