import { sql } from 'kysely';
import { Source } from '../../entities/distribution/source.entity.js';
import { SourceWeight } from '../../entities/distribution/source-weight.entity.js';
import { choice, filter, idFilter } from '../shared/read/filter.js';
import { readable } from '../shared/read/readable.js';
import { visibleSources, visibleSourceWeights } from './source.policy.js';

/** How sources are read. */
export const sources = readable({
  kind: 'Source',
  entity: Source,
  visible: visibleSources,
  filters: {
    name: filter<string>((part) => sql`strpos(t.name_key, lower(${part})) > 0`),
    removed: choice<boolean>((removed) => sql`(t.removed_at is not null) = ${removed}`),
  },
  orders: { NAME: ['name'], CREATED_AT: ['createdAt'] },
  defaultOrder: { field: 'NAME', direction: 'ASC' },
});

/** How the weights of operators in sources are read. */
export const sourceWeights = readable({
  kind: 'SourceWeight',
  entity: SourceWeight,
  visible: visibleSourceWeights,
  filters: {
    operatorId: idFilter('Operator', (key) => sql`t.operator_id = ${key}`),
    sourceRemoved: choice<boolean>(
      (removed) =>
        sql`exists (select from source s where s.id = t.source_id and (s.removed_at is not null) = ${removed})`,
    ),
  },
  orders: { ID: [] },
  defaultOrder: { field: 'ID', direction: 'ASC' },
});
