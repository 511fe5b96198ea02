import { type RawBuilder, sql } from 'kysely';
import type { WeeklySchedule } from '../../entities/identity/operator.entity.js';
import { rightsOf } from '../shared/access/rights.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse } from '../shared/errors/refusal.js';
import { allHold, conditionsOf } from '../shared/read/visibility.js';
import type { OperatorFields } from './operator.events.js';
import { visibleOperators } from './operator.policy.js';

/** An operator whose row is locked until the transaction ends. */
export interface HeldOperator {
  readonly id: string;
  /** Of their user. */
  readonly groupId: string | null;
  readonly fields: OperatorFields;
}

interface OperatorRow {
  id: string;
  group_id: string | null;
  alias: string;
  phone: string | null;
  max_load: number;
  schedule: WeeklySchedule | null;
  skills: string[];
  active: boolean;
  removed_at: string | null;
}

/** Locks the operator `t` whom a condition names; undefined where there is none. */
export async function findOperator(work: Work, condition: RawBuilder<unknown>): Promise<HeldOperator | undefined> {
  const { actor, settings, now } = work;
  const [row] = await work.rows(
    sql<OperatorRow>`
      select t.id, u.group_id, t.alias, t.phone, t.max_load, t.schedule, t.skills, t.active, t.removed_at
      from operator t join app_user u on u.id = t.user_id where ${condition} for no key update of t`,
    { actor, calendar: settings.calendar, now: () => now },
  );
  if (!row) return undefined;
  const { id, group_id: groupId, max_load: maxLoad, removed_at: removedAt, ...rest } = row;
  return { id, groupId, fields: { ...rest, maxLoad, removedAt: removedAt === null ? null : new Date(removedAt) } };
}

/**
 * Locks an operator whom the actor sees.
 *
 * @param path of the input's field, for the error
 * @throws Refusal with NOT_FOUND
 */
export async function holdOperator(work: Work, id: string, path: readonly string[]): Promise<HeldOperator> {
  const seen = conditionsOf(visibleOperators(rightsOf(work.actor)));
  const operator = await findOperator(work, allHold([sql`t.id = ${id}`, ...seen]));
  if (!operator) throw refuse(ErrorCode.NOT_FOUND, 'There is no such operator.', path);
  return operator;
}

/**
 * Locks an operator whom the actor sees and who can be changed.
 *
 * @param path of the input's field, for the error
 * @throws Refusal with NOT_FOUND, or STATE_NOT_ALLOWED for one who was removed
 */
export async function holdPresentOperator(work: Work, id: string, path: readonly string[]): Promise<HeldOperator> {
  const operator = await holdOperator(work, id, path);
  if (operator.fields.removedAt === null) return operator;
  throw refuse(ErrorCode.STATE_NOT_ALLOWED, 'This operator was removed. Register them again.', path);
}
