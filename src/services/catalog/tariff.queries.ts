import { sql } from 'kysely';
import { Tariff } from '../../entities/catalog/tariff.entity.js';
import { TariffVersion } from '../../entities/catalog/tariff-version.entity.js';
import { readable } from '../shared/read/readable.js';
import type { Reader } from '../shared/read/reader.js';
import type { Row } from '../shared/read/row.js';
import { visibleTariffs, visibleTariffVersions } from './tariff.policy.js';

/** How tariffs are read. */
export const tariffs = readable({
  kind: 'Tariff',
  entity: Tariff,
  visible: visibleTariffs,
  filters: {
    active: (active: boolean) => sql`t.active = ${active}`,
    name: (part: string) => sql`strpos(lower(t.name), lower(${part})) > 0`,
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

/**
 * A tariff's prices in force at an instant; before its first ones, these: a tariff always has prices to show.
 *
 * All tariffs of a level in one statement.
 */
export async function pricesInForce(reader: Reader, tariffId: string, at: Date): Promise<Row<TariffVersion>> {
  const instant = at.toISOString();
  const inForce = sql`t.valid_from = (
    select v.valid_from from tariff_version v where v.tariff_id = t.tariff_id
    order by v.valid_from <= ${instant}::timestamptz desc,
      case when v.valid_from <= ${instant}::timestamptz then v.valid_from end desc, v.valid_from
    limit 1)`;
  return (await reader.byUnique(tariffVersions, 'tariff', tariffId, inForce, 'inForce'))!;
}
