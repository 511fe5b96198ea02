import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';

/** An operator as who assigns by hand sees them, locked for the transaction. */
export interface HeldOperator {
  readonly id: string;
  /** Null for one without a group. */
  readonly groupId: string | null;
  /** Whether inquiries may go to them; neither to who was removed nor to who may not sign in. */
  readonly active: boolean;
  readonly load: number;
  readonly maxLoad: number;
}

/** Locks operators by their keys, in ascending order; those that there are, by key. */
export async function holdOperators(work: Work, ids: readonly string[]): Promise<ReadonlyMap<string, HeldOperator>> {
  await work.rows(sql`select from operator where id = any(${[...ids]}::bigint[]) order by id for no key update`);
  // A statement of its own: it sees what was committed while the locks were waited for, of users too.
  const rows = await work.rows(sql<HeldOperator>`
    select o.id, u.group_id as "groupId", o.active and u.active as active, o.load, o.max_load as "maxLoad"
    from operator o join app_user u on u.id = o.user_id where o.id = any(${[...ids]}::bigint[])`);
  return new Map(rows.map((row) => [row.id, row]));
}
