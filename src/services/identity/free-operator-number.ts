import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';

/** Takes an operator's number away, now: whoever calls it from here on calls a stranger. The operator's row is locked. */
export async function freeOperatorNumber(work: Work, operatorId: string): Promise<void> {
  await work.rows(sql`
    update number_holding set held_until = greatest(${work.now}::timestamptz, held_from + interval '1 millisecond')
    where operator_id = ${operatorId} and held_until is null`);
  await work.rows(sql`update operator set phone = null where id = ${operatorId}`);
}
