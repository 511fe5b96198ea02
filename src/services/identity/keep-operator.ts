import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import type { HeldOperator } from './hold-operator.js';
import type { ChangedOperator, OperatorFields } from './operator.events.js';
import { isSameSchedule } from './weekly-schedule.js';

const listed = (texts: readonly string[]) => JSON.stringify(texts);

/** Whether two profiles say the same. */
export function isSameOperator(one: OperatorFields, other: OperatorFields): boolean {
  return (
    one.alias === other.alias &&
    one.phone === other.phone &&
    one.maxLoad === other.maxLoad &&
    one.active === other.active &&
    one.removedAt?.getTime() === other.removedAt?.getTime() &&
    listed(one.skills) === listed(other.skills) &&
    isSameSchedule(one.schedule, other.schedule)
  );
}

/**
 * Writes what became of an operator who is held, as their next version; the number is written by who gives and takes
 * numbers.
 */
export async function keepOperator(
  work: Work,
  { id, groupId }: Omit<HeldOperator, 'fields'>,
  { alias, maxLoad, schedule, skills, active, removedAt }: OperatorFields,
): Promise<ChangedOperator> {
  const written = schedule === null ? null : JSON.stringify(schedule);
  const [row] = await work.rows(sql<{ version: number }>`
    update operator set alias = ${alias}, max_load = ${maxLoad}, schedule = ${written}::jsonb, skills = ${skills}::text[],
      active = ${active}, removed_at = ${removedAt}, version = version + 1
    where id = ${id} returning version`);
  return { id, groupId, version: row!.version };
}
