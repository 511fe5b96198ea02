import { Permission } from '../../entities/identity/permission.enum.js';
import type { Actor } from '../shared/access/actor.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';

const READ = [Permission.INQUIRIES_READ, Permission.INQUIRIES_READ_OWN] as const;

/** Who may follow inquiries and queues as they change (requirements, "Who may do what": leads, inquiries; sources). */
export const INQUIRY_FEED_OPERATIONS: OperationRules = {
  'Subscription.inquiryAssigned': READ,
  'Subscription.inquiryChanged': READ,
  'Subscription.inquiryDeadline': READ,
  'Subscription.inquiryQueue': [Permission.SOURCES_READ],
};

/** Whether an actor follows the inquiries of all operators. */
export function followsAllInquiries(actor: Actor): boolean {
  return may(actor, Permission.INQUIRIES_READ);
}

/** The operator whose inquiries an actor follows as their own; null for none. */
export function followedOperatorOf(actor: Actor): string | null {
  return actor.kind === 'user' && may(actor, Permission.INQUIRIES_READ_OWN) ? actor.operatorId : null;
}

/**
 * Whether an actor may see what happened to an inquiry: all, or what concerns them as its operator.
 *
 * @param operatorIds whose it is since then, and whose it was, as far as that is told
 */
export function mayFollowInquiry(actor: Actor, ...operatorIds: readonly (string | null)[]): boolean {
  if (followsAllInquiries(actor)) return true;
  const own = followedOperatorOf(actor);
  return own !== null && operatorIds.includes(own);
}

/** Whether an actor may see how long the queues of sources are. */
export function mayFollowQueues(actor: Actor): boolean {
  return may(actor, Permission.SOURCES_READ);
}
