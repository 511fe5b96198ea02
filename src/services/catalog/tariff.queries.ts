import { sql } from 'kysely';
import { Tariff } from '../../entities/catalog/tariff.entity.js';
import { TariffVersion } from '../../entities/catalog/tariff-version.entity.js';
import { NOW } from '../shared/database/parameter.js';
import { choice, filter } from '../shared/read/filter.js';
import { readable } from '../shared/read/readable.js';
import type { ChildCondition } from '../shared/read/reads/to-one.js';
import { visibleTariffs, visibleTariffVersions } from './tariff.policy.js';

/** How tariffs are read. */
export const tariffs = readable({
  kind: 'Tariff',
  entity: Tariff,
  visible: visibleTariffs,
  filters: {
    active: choice<boolean>((active) => sql`t.active = ${active}`),
    name: filter<string>((part) => sql`strpos(lower(t.name), lower(${part})) > 0`),
  },
  orders: { NAME: ['name'] },
  defaultOrder: { field: 'NAME', direction: 'ASC' },
});

/** How the prices of tariffs are read, from the latest on. */
export const tariffVersions = readable({
  kind: 'TariffVersion',
  entity: TariffVersion,
  visible: visibleTariffVersions,
  filters: {},
  orders: { VALID_FROM: ['validFrom'] },
  defaultOrder: { field: 'VALID_FROM', direction: 'DESC' },
});

/** Of a tariff's prices those in force now; before its first ones, these: a tariff always has prices to show. */
export const IN_FORCE: ChildCondition = {
  name: 'inForce',
  where: sql`t.valid_from = (
    select v.valid_from from tariff_version v where v.tariff_id = t.tariff_id
    order by v.valid_from <= ${NOW}::timestamptz desc,
      case when v.valid_from <= ${NOW}::timestamptz then v.valid_from end desc, v.valid_from
    limit 1)`,
};
