import { sql } from 'kysely';
import { Charge } from '../../entities/calls/charge.entity.js';
import { ChargeLeg } from '../../entities/calls/charge-leg.enum.js';
import { choice, idFilter } from '../shared/read/filter.js';
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
    customerId: idFilter('Customer', (key) => sql`t.customer_id = ${key}`),
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
