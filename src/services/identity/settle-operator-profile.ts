import { sql } from 'kysely';
import type { WeeklySchedule } from '../../entities/identity/operator.entity.js';
import type { Work } from '../shared/database/work.js';
import { findOperator, type HeldOperator } from './hold-operator.js';
import { holdOperatorNumber } from './hold-operator-number.js';
import { isSameOperator, keepOperator } from './keep-operator.js';
import { type OperatorFields, operatorChanged, operatorRegistered } from './operator.events.js';

/** The profile that a user is to have as an operator. */
export interface OperatorProfile {
  readonly alias: string;
  readonly phone: string;
  readonly maxLoad: number;
  readonly schedule: WeeklySchedule | null;
  /** Who is known keeps theirs when they are left out. */
  readonly skills: readonly string[] | undefined;
  /** Since when a number that is new to them is theirs; now, if left out. */
  readonly validFrom: Date | undefined;
}

/** What became of the profile. */
export interface SettledProfile {
  readonly operatorId: string;
  /** `created` also for one who had been removed. */
  readonly outcome: 'created' | 'updated' | 'unchanged';
}

/**
 * Makes the profile of a user who is locked, brings it up to date, or brings it back where it was removed.
 *
 * @throws Refusal as `holdOperatorNumber` does
 */
export async function settleOperatorProfile(
  work: Work,
  userId: string,
  profile: OperatorProfile,
): Promise<SettledProfile> {
  const known = await findOperator(work, sql`t.user_id = ${userId}`);
  if (!known) return insert(work, userId, profile);
  const { id, fields: before } = known;
  const { alias, phone, maxLoad, schedule, skills = before.skills, validFrom } = profile;
  const held = await holdOperatorNumber(work, id, phone, validFrom);
  const isBack = before.removedAt !== null;
  const after: OperatorFields = {
    alias,
    phone: held ? phone : (before.phone ?? phone),
    maxLoad,
    schedule,
    skills,
    active: isBack || before.active,
    removedAt: null,
  };
  if (!held && isSameOperator(before, after)) return { operatorId: id, outcome: 'unchanged' };
  const kept = await keepOperator(work, known, after);
  await work.record([isBack ? operatorRegistered(kept, before, after) : operatorChanged(kept, before, after)]);
  return { operatorId: id, outcome: isBack ? 'created' : 'updated' };
}

async function insert(work: Work, userId: string, profile: OperatorProfile): Promise<SettledProfile> {
  const { alias, phone, maxLoad, schedule, skills = [], validFrom } = profile;
  const written = schedule === null ? null : JSON.stringify(schedule);
  const [row] = await work.rows(sql<Pick<HeldOperator, 'id' | 'groupId'> & { version: number }>`
    with o as (insert into operator (user_id, alias, max_load, schedule, skills)
      values (${userId}, ${alias}, ${maxLoad}, ${written}::jsonb, ${skills}::text[]) returning id, version)
    select o.id, o.version, u.group_id as "groupId" from o, app_user u where u.id = ${userId}`);
  await holdOperatorNumber(work, row!.id, phone, validFrom);
  const fields = { alias, phone, maxLoad, schedule, skills, active: true, removedAt: null };
  await work.record([operatorRegistered(row!, undefined, fields)]);
  return { operatorId: row!.id, outcome: 'created' };
}
