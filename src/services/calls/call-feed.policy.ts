import { Permission } from '../../entities/identity/permission.enum.js';
import type { Actor } from '../shared/access/actor.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';
import type { CallRecorded } from './calls.events.js';

/** Who may follow the live feed of calls (requirements, "Who may do what": live call feed). */
export const CALL_FEED_OPERATIONS: OperationRules = {
  'Subscription.callFeed': [Permission.CALL_FEED_ALL, Permission.CALL_FEED_GROUPS, Permission.CALL_FEED_OWN],
};

/** Whether an actor may see a call as it happens: all, those of operators of their groups, or their own. */
export function mayFollowCall(actor: Actor, call: CallRecorded): boolean {
  if (may(actor, Permission.CALL_FEED_ALL)) return true;
  if (actor.kind === 'customer') {
    return may(actor, Permission.CALL_FEED_OWN) && call.customerIds.includes(actor.customerId);
  }
  if (actor.kind !== 'user') return false;
  const { operatorId } = actor;
  return (
    (may(actor, Permission.CALL_FEED_GROUPS) && actor.supervisedGroupIds.some((id) => call.groupIds.includes(id))) ||
    (may(actor, Permission.CALL_FEED_OWN) && operatorId !== null && call.operatorIds.includes(operatorId))
  );
}
