import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import { readWeights, writeWeights } from './write-weights.js';

/** Takes an operator who is held out of all sources, those that were removed among them. */
export async function dropWeightsOf(work: Work, operatorId: string): Promise<void> {
  const sources = await work.rows(sql<{ id: string; version: number }>`
    select s.id, s.version from source s
    where s.id in (select w.source_id from source_weight w where w.operator_id = ${operatorId})
    order by s.id for no key update`);
  for (const source of sources) {
    const before = (await readWeights(work, source.id)).get(operatorId);
    if (before !== undefined) await writeWeights(work, source, [{ operatorId, before, after: null }]);
  }
}
