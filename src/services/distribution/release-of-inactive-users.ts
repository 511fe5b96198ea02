import { sql } from 'kysely';
import type { Actor } from '../shared/access/actor.js';
import type { Database } from '../shared/database/database.js';
import { releaseInquiriesOf } from './release-inquiries-of.js';

/**
 * Takes from operators what they have open whose users are not active any more, each in a transaction of its own: who may
 * not sign in cannot work on it. What changes a user tells the event log, which wakes whoever calls this.
 *
 * @param actor who is said to have done it
 * @returns how many inquiries wait again
 */
export async function releaseOfInactiveUsers(database: Database, actor: Actor): Promise<number> {
  const operators = await database.rows(sql<{ id: string }>`
    select o.id from operator o join app_user u on u.id = o.user_id where o.load > 0 and not u.active order by o.id`);
  let released = 0;
  for (const { id } of operators) {
    released += await database.transact(actor, (work) => releaseInquiriesOf(work, id));
  }
  return released;
}
