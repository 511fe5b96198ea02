import { sql } from 'kysely';
import { Call } from '../../entities/calls/call.entity.js';
import type { CallDirection } from '../../entities/calls/call-direction.enum.js';
import type { CallStatus } from '../../entities/calls/call-status.enum.js';
import type { ReadScope } from '../shared/database/parameter.js';
import { keyOf } from '../shared/ids/global-id.js';
import { choice, filter, idFilter } from '../shared/read/filter.js';
import { readable } from '../shared/read/readable.js';
import { anyOf } from '../shared/read/visibility.js';
import { visibleCalls } from './call.policy.js';
import { readCallNumber } from './call-number.js';
import { STARTED_FILTERS } from './started-filters.js';

/** The key of no row at all. */
const NOBODY = '0';

/** A customer sees of the other only the number: asked whether that is a certain customer, the answer is no. */
function customerAskedFor(id: string, { actor }: ReadScope, path: readonly string[]): string {
  const key = keyOf('Customer', id, path);
  return actor.kind === 'customer' && key !== actor.customerId ? NOBODY : key;
}

/** How calls are read. */
export const calls = readable({
  kind: 'Call',
  entity: Call,
  visible: visibleCalls,
  filters: {
    status: choice<CallStatus>((status) => sql`t.status = ${status}`),
    direction: choice<CallDirection>((direction) => sql`t.direction = ${direction}`),
    number: filter(
      (number) => anyOf(sql`t.caller_number = ${number}`, sql`t.called_number = ${number}`),
      (text: string) => readCallNumber(text) ?? '',
    ),
    operatorId: idFilter('Operator', (key) =>
      anyOf(
        sql`t.caller_operator_id = ${key}`,
        sql`t.called_operator_id = ${key}`,
        sql`t.redirected_to_operator_id = ${key}`,
      ),
    ),
    customerId: filter(
      (key) => anyOf(sql`t.caller_customer_id = ${key}`, sql`t.called_customer_id = ${key}`),
      customerAskedFor,
    ),
    ...STARTED_FILTERS,
  },
  orders: { STARTED_AT: ['startedAt'] },
  defaultOrder: { field: 'STARTED_AT', direction: 'DESC' },
});
