import { sql } from 'kysely';
import { Charge } from '../../entities/calls/charge.entity.js';
import { ChargeLeg } from '../../entities/calls/charge-leg.enum.js';
import { keyOf } from '../shared/ids/global-id.js';
import { choice, filter } from '../shared/read/filter.js';
import { readable } from '../shared/read/readable.js';
import type { ChildCondition } from '../shared/read/reads/to-one.js';
import { visibleCharges } from './call.policy.js';
import { STARTED_FILTERS } from './started-filters.js';

/** How charges are read. */
export const charges = readable({
  kind: 'Charge',
  entity: Charge,
  visible: visibleCharges,
  filters: {
    leg: choice<ChargeLeg>((leg) => sql`t.leg = ${leg}`),
    free: choice<boolean>((free) => sql`(t.free_reason is not null) = ${free}`),
    customerId: filter(
      (key) => sql`t.customer_id = ${key}`,
      (id: string, _scope, path) => keyOf('Customer', id, path),
    ),
    ...STARTED_FILTERS,
  },
  orders: { STARTED_AT: ['startedAt'] },
  defaultOrder: { field: 'STARTED_AT', direction: 'DESC' },
});

/** Which of a call's charges is that of a leg. */
export const OF_LEG: Readonly<Record<ChargeLeg, ChildCondition>> = {
  [ChargeLeg.CALLER]: { name: ChargeLeg.CALLER, where: sql`t.leg = 'CALLER'` },
  [ChargeLeg.ONWARD]: { name: ChargeLeg.ONWARD, where: sql`t.leg = 'ONWARD'` },
};
