import { sql } from 'kysely';
import { Sim } from '../../entities/sims/sim.entity.js';
import type { SimStatus } from '../../entities/sims/sim-status.enum.js';
import { readable } from '../shared/read/readable.js';
import { readIccid } from './iccid.js';
import { visibleSims } from './sim.policy.js';

/** How SIMs are read. */
export const sims = readable({
  kind: 'Sim',
  entity: Sim,
  visible: visibleSims,
  filters: {
    status: (status: SimStatus) => sql`t.status = ${status}`,
    iccid: (iccid: string) => sql`t.iccid = ${readIccid(iccid) ?? ''}`,
  },
  orders: { ICCID: ['iccid'] },
  defaultOrder: { field: 'ICCID', direction: 'ASC' },
});
