import type { CallDirection } from '../../entities/calls/call-direction.enum.js';
import type { CallStatus } from '../../entities/calls/call-status.enum.js';
import type { Actor } from '../shared/access/actor.js';
import { keyOf } from '../shared/ids/global-id.js';
import type { CallRecorded } from './calls.events.js';

/** Which calls of the feed a client wants; ids are global. */
export interface CallFeedFilterInput {
  readonly statuses?: readonly CallStatus[] | null;
  readonly direction?: CallDirection | null;
  readonly operatorId?: string | null;
  readonly groupId?: string | null;
  readonly customerId?: string | null;
}

/**
 * The test of a feed's filter.
 *
 * A customer can ask for nothing of others: whether a call matches would tell who the other party is.
 *
 * @throws Refusal with BAD_USER_INPUT for an id of another kind
 */
export function callFeedFilter(
  actor: Actor,
  filter: CallFeedFilterInput | null | undefined,
): (call: CallRecorded) => boolean {
  const key = (kind: string, name: 'operatorId' | 'groupId' | 'customerId') => {
    const id = filter?.[name];
    return id == null ? undefined : keyOf(kind, id, ['filter', name]);
  };
  const operator = key('Operator', 'operatorId');
  const group = key('UserGroup', 'groupId');
  const customer = key('Customer', 'customerId');
  if (actor.kind === 'customer' && (group || (customer && customer !== actor.customerId))) return () => false;
  return (call) =>
    (!filter?.statuses || filter.statuses.includes(call.status)) &&
    (!filter?.direction || filter.direction === call.direction) &&
    (!operator || call.operatorIds.includes(operator)) &&
    (!group || call.groupIds.includes(group)) &&
    (!customer || call.customerIds.includes(customer));
}
