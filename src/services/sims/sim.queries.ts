import { sql } from 'kysely';
import { Sim } from '../../entities/sims/sim.entity.js';
import type { SimStatus } from '../../entities/sims/sim-status.enum.js';
import { choice, filter } from '../shared/read/filter.js';
import { readable } from '../shared/read/readable.js';
import { readIccid } from './iccid.js';
import { visibleSims } from './sim.policy.js';

/** How SIMs are read. */
export const sims = readable({
  kind: 'Sim',
  entity: Sim,
  visible: visibleSims,
  filters: {
    status: choice<SimStatus>((status) => sql`t.status = ${status}`),
    iccid: filter(
      (iccid) => sql`t.iccid = ${iccid}`,
      (text: string) => readIccid(text) ?? '',
    ),
  },
  orders: { ICCID: ['iccid'] },
  defaultOrder: { field: 'ICCID', direction: 'ASC' },
});
