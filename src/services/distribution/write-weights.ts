import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { type Refusal, refuse } from '../shared/errors/refusal.js';
import { MOST_OPERATORS } from '../shared/limits/most-operators.js';
import { type ChangedSource, sourceWeightsChanged, type WeightChange } from './source.events.js';

/** What is said where more operators would take inquiries of a source. */
export function refuseMoreOperators(path: readonly string[]): Refusal {
  const message = `At most ${MOST_OPERATORS} operators may take inquiries of one source.`;
  return refuse(ErrorCode.LIMIT_EXCEEDED, message, path);
}

/** The weights of a source as they are, by the operators’ keys, each in its shortest form. */
export async function readWeights(work: Work, sourceId: string): Promise<Map<string, string>> {
  const rows = await work.rows(sql<{ operator_id: string; weight: string }>`
    select operator_id, trim_scale(weight)::text as weight from source_weight
    where source_id = ${sourceId} order by operator_id`);
  return new Map(rows.map(({ operator_id, weight }) => [operator_id, weight]));
}

/**
 * Changes weights of a source that is held. The database keeps all of them as they stand after it, and inquiries are
 * distributed by these from then on; what operators have stays theirs.
 *
 * @param source at the version that it has
 * @param changes at most one for each operator, none without a difference
 */
export async function writeWeights(work: Work, source: ChangedSource, changes: readonly WeightChange[]): Promise<void> {
  if (changes.length === 0) return;
  const gone = changes.filter(({ after }) => after === null);
  const set = changes.filter(({ after }) => after !== null);
  if (gone.length > 0) {
    await work.rows(sql`
      delete from source_weight where source_id = ${source.id} and operator_id = any(${keysOf(gone)}::bigint[])`);
  }
  if (set.length > 0) {
    await work.rows(sql`
      insert into source_weight (source_id, operator_id, weight)
      select ${source.id}::bigint, k.operator_id, k.weight
      from unnest(${keysOf(set)}::bigint[], ${set.map(({ after }) => after)}::numeric[]) k(operator_id, weight)
      on conflict (source_id, operator_id) do update set weight = excluded.weight`);
  }
  await work.rows(sql`update source set version = version + ${changes.length}::integer where id = ${source.id}`);
  await work.record(
    changes.map((change, i) => sourceWeightsChanged({ id: source.id, version: source.version + i + 1 }, change)),
  );
}

const keysOf = (changes: readonly WeightChange[]) => changes.map(({ operatorId }) => operatorId);
