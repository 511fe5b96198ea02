import { sql } from 'kysely';
import { z } from 'zod';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import { encodeId } from '../shared/ids/global-id.js';
import { idInput } from '../shared/ids/id-input.js';
import { holdSource } from './hold-source.js';
import { holdWeighedOperator } from './hold-weighed-operator.js';
import { readWeights, writeWeights } from './write-weights.js';

/** Which operator is to take inquiries of which source no more. */
export interface RemoveSourceOperator {
  readonly sourceId: string;
  readonly operatorId: string;
}

const schema = z.object({ sourceId: idInput('Source'), operatorId: idInput('Operator') });

/**
 * Takes an operator out of those who take inquiries of a source: they get none of it any more, and those that they have
 * stay theirs.
 *
 * @returns the source's key, and the global id of the weight that is gone
 * @throws Refusal with BAD_USER_INPUT; NOT_FOUND, also for who does not take inquiries of the source; STATE_NOT_ALLOWED
 *   when the source was removed; FORBIDDEN for an operator of whom the actor may not change the weights
 */
export async function removeSourceOperator(
  work: Work,
  input: RemoveSourceOperator,
): Promise<{ readonly sourceId: string; readonly removedId: string }> {
  const { sourceId, operatorId } = parseInput(schema, input);
  await holdWeighedOperator(work, operatorId, ['input', 'operatorId']);
  const source = await holdSource(work, sourceId, ['input', 'sourceId']);
  const [row] = await work.rows(sql<{ id: string }>`
    select id from source_weight where source_id = ${sourceId} and operator_id = ${operatorId}`);
  if (!row) {
    throw refuse(ErrorCode.NOT_FOUND, 'This operator takes no inquiries of this source.', ['input', 'operatorId']);
  }
  const before = (await readWeights(work, sourceId)).get(operatorId)!;
  await writeWeights(work, source, [{ operatorId, before, after: null }]);
  return { sourceId, removedId: encodeId('SourceWeight', row.id) };
}
