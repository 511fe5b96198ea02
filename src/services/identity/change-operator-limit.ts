import { z } from 'zod';
import { mayWeigh } from '../distribution/source.policy.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import { idInput } from '../shared/ids/id-input.js';
import { holdPresentOperator } from './hold-operator.js';
import { keepOperator } from './keep-operator.js';
import { operatorChanged } from './operator.events.js';
import { maxLoadInput } from './operator.input.js';

/** How many active inquiries an operator is to have at most. */
export interface ChangeOperatorLimit {
  readonly operatorId: string;
  readonly maxLoad: number;
}

const PATH = ['input', 'operatorId'];

const schema = z.object({ operatorId: idInput('Operator'), maxLoad: maxLoadInput });

/**
 * Changes the limit of an operator. One that is lowered below the load takes nothing away and adds nothing.
 *
 * @returns the operator's key
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND, STATE_NOT_ALLOWED for one who was removed, FORBIDDEN for one whom the
 * actor does not answer for
 */
export async function changeOperatorLimit(work: Work, input: ChangeOperatorLimit): Promise<string> {
  const { operatorId, maxLoad } = parseInput(schema, input);
  const operator = await holdPresentOperator(work, operatorId, PATH);
  if (!mayWeigh(work.actor, operator.groupId)) {
    throw refuse(ErrorCode.FORBIDDEN, 'You may change the limits of operators of your groups only.', PATH);
  }
  const { fields: before } = operator;
  if (before.maxLoad === maxLoad) return operatorId;
  const after = { ...before, maxLoad };
  const kept = await keepOperator(work, operator, after);
  await work.record([operatorChanged(kept, before, after)]);
  return operatorId;
}
