import { sql } from 'kysely';
import { Call } from '../../entities/calls/call.entity.js';
import type { CallDirection } from '../../entities/calls/call-direction.enum.js';
import type { CallStatus } from '../../entities/calls/call-status.enum.js';
import { readable } from '../shared/read/readable.js';
import { visibleCalls } from './call.policy.js';
import { readCallNumber } from './call-number.js';

/** How calls are read; `callConditions` makes these filters of what a client asks. */
export const calls = readable({
  kind: 'Call',
  entity: Call,
  visible: visibleCalls,
  filters: {
    status: (status: CallStatus) => sql`t.status = ${status}`,
    direction: (direction: CallDirection) => sql`t.direction = ${direction}`,
    number: (number: string) => {
      const read = readCallNumber(number) ?? '';
      return sql`(t.caller_number = ${read} or t.called_number = ${read})`;
    },
    operator: (key: string) => sql`(t.caller_operator_id = ${key} or t.called_operator_id = ${key}
      or t.redirected_to_operator_id = ${key})`,
    customer: (key: string) => sql`(t.caller_customer_id = ${key} or t.called_customer_id = ${key})`,
    startedFrom: (instant: Date) => sql`t.started_at >= ${instant.toISOString()}::timestamptz`,
    startedBefore: (instant: Date) => sql`t.started_at < ${instant.toISOString()}::timestamptz`,
  },
  orders: { STARTED_AT: ['startedAt'] },
  defaultOrder: { field: 'STARTED_AT', direction: 'DESC' },
});
