import { sql } from 'kysely';
import { Charge } from '../../entities/calls/charge.entity.js';
import { ChargeLeg } from '../../entities/calls/charge-leg.enum.js';
import { readable } from '../shared/read/readable.js';
import type { Reader } from '../shared/read/reader.js';
import type { Row } from '../shared/read/row.js';
import { visibleCharges } from './call.policy.js';

/** How charges are read; `chargeConditions` makes these filters of what a client asks. */
export const charges = readable({
  kind: 'Charge',
  entity: Charge,
  visible: visibleCharges,
  filters: {
    leg: (leg: ChargeLeg) => sql`t.leg = ${leg}`,
    free: (free: boolean) => sql`(t.free_reason is not null) = ${free}`,
    customer: (key: string) => sql`t.customer_id = ${key}`,
    startedFrom: (instant: Date) => sql`t.started_at >= ${instant.toISOString()}::timestamptz`,
    startedBefore: (instant: Date) => sql`t.started_at < ${instant.toISOString()}::timestamptz`,
  },
  orders: { STARTED_AT: ['startedAt'] },
  defaultOrder: { field: 'STARTED_AT', direction: 'DESC' },
});

/** The charge of one leg of a call; null where that leg has none, or none that the actor sees. */
export function chargeOfCall(reader: Reader, callId: string, leg: ChargeLeg): Promise<Row<Charge> | null> {
  return reader.byUnique(charges, 'call', callId, sql`t.leg = ${leg}`, leg);
}
