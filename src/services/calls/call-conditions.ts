import type { CallDirection } from '../../entities/calls/call-direction.enum.js';
import type { CallStatus } from '../../entities/calls/call-status.enum.js';
import type { ChargeLeg } from '../../entities/calls/charge-leg.enum.js';
import type { Actor } from '../shared/access/actor.js';
import { keyOf } from '../shared/ids/global-id.js';
import type { FilterOf } from '../shared/read/readable.js';
import { addDays, type Calendar, type Day } from '../shared/time/calendar.js';
import { readDay } from '../shared/time/day-input.js';
import type { calls } from './call.queries.js';
import type { charges } from './charge.queries.js';

/** When a call began. */
export interface StartFilterInput {
  readonly startedFrom?: Date | null;
  readonly startedBefore?: Date | null;
  /** Calendar days of the organisation's time zone, both included. */
  readonly fromDay?: Day | null;
  readonly toDay?: Day | null;
}

/** Which calls a client wants; ids are global. */
export interface CallFilterInput extends StartFilterInput {
  readonly status?: CallStatus | null;
  readonly direction?: CallDirection | null;
  readonly number?: string | null;
  readonly operatorId?: string | null;
  readonly customerId?: string | null;
}

/** Which charges a client wants; ids are global. */
export interface ChargeFilterInput extends StartFilterInput {
  readonly leg?: ChargeLeg | null;
  readonly free?: boolean | null;
  readonly customerId?: string | null;
}

/** The key of no row at all. */
const NOBODY = '0';

const keyIn = (kind: string, name: string, id: string | null | undefined) =>
  id == null ? null : keyOf(kind, id, ['filter', name]);

function boundsOf(filter: StartFilterInput, calendar: Calendar) {
  const day = (name: 'fromDay' | 'toDay') => {
    if (filter[name] == null) return null;
    const value = readDay(filter[name], ['filter', name]);
    return calendar.startOf(name === 'toDay' ? addDays(value, 1) : value);
  };
  const [fromDay, beforeDay] = [day('fromDay'), day('toDay')];
  const { startedFrom, startedBefore } = filter;
  return {
    startedFrom: fromDay && startedFrom ? new Date(Math.max(+fromDay, +startedFrom)) : (startedFrom ?? fromDay),
    startedBefore:
      beforeDay && startedBefore ? new Date(Math.min(+beforeDay, +startedBefore)) : (startedBefore ?? beforeDay),
  };
}

/**
 * The filter of `calls` that a client asks for.
 *
 * A customer sees of the other only the number: asked whether that is a certain customer, the answer is no.
 *
 * @throws Refusal with BAD_USER_INPUT for an id of another kind
 */
export function callConditions(
  actor: Actor,
  calendar: Calendar,
  filter: CallFilterInput | null | undefined,
): FilterOf<typeof calls> {
  if (!filter) return {};
  const { status, direction, number } = filter;
  const customer = keyIn('Customer', 'customerId', filter.customerId);
  const stranger = actor.kind === 'customer' && customer !== null && customer !== actor.customerId;
  return {
    status,
    direction,
    number,
    operator: keyIn('Operator', 'operatorId', filter.operatorId),
    customer: stranger ? NOBODY : customer,
    ...boundsOf(filter, calendar),
  };
}

/**
 * The filter of `charges` that a client asks for.
 *
 * @throws Refusal with BAD_USER_INPUT for an id of another kind
 */
export function chargeConditions(
  calendar: Calendar,
  filter: ChargeFilterInput | null | undefined,
): FilterOf<typeof charges> {
  if (!filter) return {};
  const { leg, free } = filter;
  return { leg, free, customer: keyIn('Customer', 'customerId', filter.customerId), ...boundsOf(filter, calendar) };
}
