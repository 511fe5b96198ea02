import { type RawBuilder, sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import { type ChangedInquiry, inquiryAnswerDue, inquiryAnswerOverdue } from './inquiry.events.js';

/** An inquiry that nothing more is to be told of, with its version after that. */
interface Told {
  id: string;
  version: number;
  source_id: string;
  lead_id: string;
  operator_id: string | null;
  group_id: string | null;
  answer_due_at: string;
  /** Whether its first answer is still to come. */
  open: boolean;
}

/**
 * Tells of deadlines of first answers that are near, and of those that have passed, each once (requirements, part 7). Of
 * one that has passed before it was warned of, only that is told. One that somebody holds, perhaps to answer it, is left
 * for the next time.
 *
 * @param most so many of each at once
 * @returns how many were done with
 */
export async function tellDeadlines(work: Work, most: number): Promise<number> {
  const overdue = await takeDue(work, 'breach_at', sql`breach_at = null, warn_at = null`, most);
  const inTime = sql`(k.breach_at is null or k.breach_at > ${work.now})`;
  const due = await takeDue(work, 'warn_at', sql`warn_at = null`, most, inTime);
  const tell = (rows: readonly Told[], event: typeof inquiryAnswerDue) =>
    rows.filter(({ open }) => open).map((row) => event(changedOf(row), new Date(row.answer_due_at).toISOString()));
  await work.record([...tell(overdue, inquiryAnswerOverdue), ...tell(due, inquiryAnswerDue)]);
  return overdue.length + due.length;
}

/** Locks inquiries of which an instant has come, and has it come only once. */
async function takeDue(
  work: Work,
  instant: 'warn_at' | 'breach_at',
  done: RawBuilder<unknown>,
  most: number,
  condition = sql`true`,
): Promise<Told[]> {
  const isOpen = sql`(i.status = 'ACTIVE' and i.answered_at is null)`;
  return work.rows(sql<Told>`
    with due as materialized (
      select k.id from inquiry k where ${sql.ref(`k.${instant}`)} <= ${work.now} and ${condition}
      order by ${sql.ref(`k.${instant}`)}, k.id limit ${most} for no key update skip locked)
    update inquiry i set ${done}, version = i.version + case when ${isOpen} then 1 else 0 end
    from due where i.id = due.id
    returning i.id, i.version, i.source_id, i.lead_id, i.operator_id, i.answer_due_at, ${isOpen} as open,
      (select u.group_id from operator o join app_user u on u.id = o.user_id where o.id = i.operator_id) as group_id`);
}

function changedOf(row: Told): ChangedInquiry {
  const { id, version, source_id: sourceId, lead_id: leadId, operator_id: operatorId, group_id: groupId } = row;
  return { id, version, sourceId, leadId, operatorId, groupId };
}
