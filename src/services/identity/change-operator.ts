import { z } from 'zod';
import type { WeeklySchedule } from '../../entities/identity/operator.entity.js';
import { releaseInquiriesOf } from '../distribution/release-inquiries-of.js';
import type { Work } from '../shared/database/work.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { idInput } from '../shared/ids/id-input.js';
import { freeOperatorNumber } from './free-operator-number.js';
import { holdPresentOperator } from './hold-operator.js';
import { holdOperatorNumber } from './hold-operator-number.js';
import { isSameOperator, keepOperator } from './keep-operator.js';
import { operatorChanged } from './operator.events.js';
import { operatorInput } from './operator.input.js';

/** What of an operator's profile is to be otherwise; what is left out stays. */
export interface ChangeOperator {
  readonly operatorId: string;
  /** Left out and null are the same, here and below, unless null is said to mean something. */
  readonly alias?: string | null | undefined;
  /** Null for none. */
  readonly phone?: string | null | undefined;
  readonly maxLoad?: number | null | undefined;
  /** Null for always. */
  readonly schedule?: WeeklySchedule | null | undefined;
  /** All of them. */
  readonly skills?: readonly string[] | null | undefined;
  /** False takes from them what they have open. */
  readonly active?: boolean | null | undefined;
}

/** What changing an operator did. */
export interface ChangedOperatorResult {
  readonly operatorId: string;
  /** How many inquiries they had open that wait again. */
  readonly releasedInquiries: number;
}

const schema = z.object({
  operatorId: idInput('Operator'),
  alias: operatorInput.alias.nullish(),
  phone: operatorInput.phone.nullish(),
  maxLoad: operatorInput.maxLoad.nullish(),
  schedule: operatorInput.schedule.nullish(),
  skills: operatorInput.skills.nullish(),
  active: z.boolean('must be true or false').nullish(),
});

/**
 * Changes an operator's profile. A limit lowered below the load takes nothing away and adds nothing; who is not active any
 * more keeps nothing (requirements, part 7).
 *
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, STATE_NOT_ALLOWED for one who was removed, CONFLICT when somebody else
 * holds the number
 */
export async function changeOperator(work: Work, input: ChangeOperator): Promise<ChangedOperatorResult> {
  const { operatorId, phone, schedule, ...wanted } = parseInput(schema, input);
  // Before the operator is held: whoever works on an inquiry holds that first.
  const releasedInquiries = wanted.active === false ? await releaseInquiriesOf(work, operatorId) : 0;
  const operator = await holdPresentOperator(work, operatorId, ['input', 'operatorId']);
  const { fields: before } = operator;
  const after = {
    ...before,
    alias: wanted.alias ?? before.alias,
    phone: phone === undefined ? before.phone : phone,
    maxLoad: wanted.maxLoad ?? before.maxLoad,
    schedule: schedule === undefined ? before.schedule : schedule,
    skills: wanted.skills ?? before.skills,
    active: wanted.active ?? before.active,
  };
  if (isSameOperator(before, after)) return { operatorId, releasedInquiries };
  if (after.phone === null) await freeOperatorNumber(work, operatorId);
  else if (after.phone !== before.phone) await holdOperatorNumber(work, operatorId, after.phone, undefined);
  const kept = await keepOperator(work, operator, after);
  await work.record([operatorChanged(kept, before, after)]);
  return { operatorId, releasedInquiries };
}
