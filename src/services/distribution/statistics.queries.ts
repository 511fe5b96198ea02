import { Source } from '../../entities/distribution/source.entity.js';
import { Operator } from '../../entities/identity/operator.entity.js';
import { readable } from '../shared/read/readable.js';
import { countedOperators, countedSources } from './statistics.policy.js';

/** Operators as their statistics name them: who reads these need not see the operators otherwise. */
export const operatorsOfStatistics = readable({
  kind: 'OperatorStatistics',
  entity: Operator,
  visible: countedOperators,
  filters: {},
  orders: { ALIAS: ['alias'] },
  defaultOrder: { field: 'ALIAS', direction: 'ASC' },
});

/** Sources as their statistics name them. */
export const sourcesOfStatistics = readable({
  kind: 'SourceStatistics',
  entity: Source,
  visible: countedSources,
  filters: {},
  orders: { NAME: ['name'] },
  defaultOrder: { field: 'NAME', direction: 'ASC' },
});
