import { sql } from 'kysely';
import { z } from 'zod';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import { idInput } from '../shared/ids/id-input.js';
import { MOST_OPERATORS } from '../shared/limits/most-operators.js';
import { holdSource } from './hold-source.js';
import { holdWeighedOperator } from './hold-weighed-operator.js';
import { weightInput } from './source.input.js';
import { readWeights, refuseMoreOperators, writeWeights } from './write-weights.js';

/** What weight an operator is to have in a source (requirements, part 7). */
export interface SetSourceWeight {
  readonly sourceId: string;
  readonly operatorId: string;
  /** A decimal, up to six decimals; with zero, chance never chooses them. */
  readonly weight: string;
}

const schema = z.object({ sourceId: idInput('Source'), operatorId: idInput('Operator'), weight: weightInput });

/**
 * Adds an operator to those who take inquiries of a source, or changes their weight. The same weight again changes nothing.
 *
 * @returns the key of the weight
 * @throws Refusal with BAD_USER_INPUT; NOT_FOUND; STATE_NOT_ALLOWED when either was removed; LIMIT_EXCEEDED for one more
 *   than may take inquiries of a source; FORBIDDEN for an operator of whom the actor may not change the weights
 */
export async function setSourceWeight(work: Work, input: SetSourceWeight): Promise<string> {
  const { sourceId, operatorId, weight } = parseInput(schema, input);
  const operator = await holdWeighedOperator(work, operatorId, ['input', 'operatorId']);
  const source = await holdSource(work, sourceId, ['input', 'sourceId']);
  if (operator.removed) {
    throw refuse(ErrorCode.STATE_NOT_ALLOWED, 'This operator was removed.', ['input', 'operatorId']);
  }
  const known = await readWeights(work, sourceId);
  const before = known.get(operatorId) ?? null;
  if (before === null && known.size >= MOST_OPERATORS) throw refuseMoreOperators(['input', 'operatorId']);
  if (before !== weight) await writeWeights(work, source, [{ operatorId, before, after: weight }]);
  const [row] = await work.rows(sql<{ id: string }>`
    select id from source_weight where source_id = ${sourceId} and operator_id = ${operatorId}`);
  return row!.id;
}
