import { Permission } from '../../entities/identity/permission.enum.js';
import type { Actor } from '../shared/access/actor.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';

const WORK = [Permission.INQUIRIES_WORK, Permission.INQUIRIES_CHANGE] as const;
const ASSIGN = [Permission.INQUIRIES_ASSIGN, Permission.INQUIRIES_ASSIGN_GROUPS] as const;

/** Who may use the operations that inquiries are worked on by (requirements, "Who may do what": leads, inquiries). */
export const INQUIRY_WORK_OPERATIONS: OperationRules = {
  'Mutation.changeInquiryStatus': WORK,
  'Mutation.answerInquiry': WORK,
  'Mutation.acceptInquiry': [Permission.INQUIRIES_WORK],
  'Mutation.declineInquiry': [Permission.INQUIRIES_WORK],
  'Mutation.assignInquiry': ASSIGN,
  'Mutation.returnInquiry': [...ASSIGN, Permission.INQUIRIES_WORK],
  'Mutation.changeInquiryPriority': [Permission.INQUIRIES_CHANGE],
  'Mutation.changeInquirySkills': [Permission.INQUIRIES_CHANGE],
};

/** Whose an inquiry is, or was when it ended, and the group of that operator; nulls while it waits. */
export interface HeldBy {
  readonly operatorId: string | null;
  readonly groupId: string | null;
}

/** Whether an inquiry is the actor's own as an operator, or was when it ended. */
export function isTheirs(actor: Actor, { operatorId }: HeldBy): boolean {
  return (
    actor.kind === 'user' &&
    operatorId !== null &&
    actor.operatorId === operatorId &&
    may(actor, Permission.INQUIRIES_WORK)
  );
}

/** Whether an actor may close, reject, reopen an inquiry and say that it was answered: their own, or any that they see. */
export function mayWorkOn(actor: Actor, inquiry: HeldBy): boolean {
  return may(actor, Permission.INQUIRIES_CHANGE) || isTheirs(actor, inquiry);
}

/** Whether an actor may give an inquiry to somebody else, or put it back: any, or one that waits or is in their groups. */
export function mayTakeAway(actor: Actor, { operatorId, groupId }: HeldBy): boolean {
  return (
    may(actor, Permission.INQUIRIES_ASSIGN) || (operatorId === null ? mayAssign(actor) : isInGroups(actor, groupId))
  );
}

/** Whether an actor may give inquiries to an operator of a group: to anybody, or to those of their groups. */
export function mayGiveTo(actor: Actor, groupId: string | null): boolean {
  return may(actor, Permission.INQUIRIES_ASSIGN) || isInGroups(actor, groupId);
}

const mayAssign = (actor: Actor) => ASSIGN.some((permission) => may(actor, permission));

function isInGroups(actor: Actor, groupId: string | null): boolean {
  return (
    actor.kind === 'user' &&
    may(actor, Permission.INQUIRIES_ASSIGN_GROUPS) &&
    groupId !== null &&
    actor.supervisedGroupIds.includes(groupId)
  );
}
