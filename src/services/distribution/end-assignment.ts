import { sql } from 'kysely';
import type { AssignmentEnd } from '../../entities/distribution/assignment-end.enum.js';
import type { Work } from '../shared/database/work.js';

/**
 * Ends the assignment of an inquiry whose row is held, if it has an open one: its operator has a place more. What becomes
 * of the inquiry, the caller says in the same transaction.
 */
export async function endAssignment(work: Work, inquiryId: string, end: AssignmentEnd): Promise<void> {
  await work.rows(sql`
    update assignment set ended_at = greatest(made_at, ${work.now}::timestamptz), "end" = ${end}
    where inquiry_id = ${inquiryId} and ended_at is null`);
}
