import { z } from 'zod';
import { dropWeightsOf } from '../distribution/drop-weights-of.js';
import { releaseInquiriesOf } from '../distribution/release-inquiries-of.js';
import type { Work } from '../shared/database/work.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { idInput } from '../shared/ids/id-input.js';
import type { ChangedOperatorResult } from './change-operator.js';
import { freeOperatorNumber } from './free-operator-number.js';
import { holdOperator } from './hold-operator.js';
import { keepOperator } from './keep-operator.js';
import { operatorRemoved } from './operator.events.js';

/** Who is to be no operator any more. */
export interface RemoveOperator {
  readonly operatorId: string;
}

const schema = z.object({ operatorId: idInput('Operator') });

/**
 * Removes an operator: what they have open waits again, they take no inquiries of any source, and their number is free.
 * Calls and inquiries name them as before, their user can sign in as before, without what an operator sees, and
 * `registerOperator` brings them back. Who was removed already stays so.
 *
 * @throws Refusal with BAD_USER_INPUT, NOT_FOUND
 */
export async function removeOperator(work: Work, input: RemoveOperator): Promise<ChangedOperatorResult> {
  const { operatorId } = parseInput(schema, input);
  // Before the operator is held: whoever works on an inquiry holds that first.
  const releasedInquiries = await releaseInquiriesOf(work, operatorId);
  const operator = await holdOperator(work, operatorId, ['input', 'operatorId']);
  const { fields: before } = operator;
  if (before.removedAt !== null) return { operatorId, releasedInquiries };
  await dropWeightsOf(work, operatorId);
  await freeOperatorNumber(work, operatorId);
  const after = { ...before, phone: null, active: false, removedAt: work.now };
  const kept = await keepOperator(work, operator, after);
  await work.record([operatorRemoved(kept, before, after)]);
  return { operatorId, releasedInquiries };
}
