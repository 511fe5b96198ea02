import { type RawBuilder, sql } from 'kysely';
import { Permission } from '../../entities/identity/permission.enum.js';
import type { User } from '../../entities/identity/user.entity.js';
import type { Actor } from '../shared/access/actor.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';
import type { Visibility } from '../shared/read/readable.js';
import type { Row } from '../shared/read/row.js';

/** Who may use the operations on users, their groups and their roles (requirements, "Who may do what"). */
export const USER_OPERATIONS: OperationRules = {
  'Query.user': [Permission.USERS_READ],
  'Query.users': [Permission.USERS_READ],
  'Query.userGroup': [Permission.USERS_READ],
  'Query.userGroups': [Permission.USERS_READ],
  'Query.roles': [Permission.USERS_MANAGE],
  'Mutation.renewInvitation': [Permission.USERS_MANAGE],
};

/** Which users an actor sees at all: an employee everybody, or themselves only; nobody else any. */
export function visibleUsers(actor: Actor): Visibility {
  if (actor.kind === 'system') return 'all';
  if (actor.kind !== 'user') return 'none';
  return may(actor, Permission.USERS_READ) ? 'all' : sql`t.id = ${actor.userId}`;
}

/**
 * Whether an actor sees all of a user, rather than name, alias and presence: an admin of everybody, a supervisor of
 * those in their groups, everybody of themselves.
 */
export function seesWholeUser(actor: Actor, user: Pick<Row<User>, 'id' | 'group'>): boolean {
  if (may(actor, Permission.USERS_MANAGE)) return true;
  if (actor.kind !== 'user') return false;
  return actor.userId === user.id || (user.group !== null && actor.supervisedGroupIds.includes(user.group));
}

/** The users that `seesWholeUser` holds for, as a condition on a table of users by its alias. */
export function wholeUsers(actor: Actor, alias = 't'): RawBuilder<unknown> {
  if (may(actor, Permission.USERS_MANAGE)) return sql`true`;
  if (actor.kind !== 'user') return sql`false`;
  const id = sql.ref(`${alias}.id`);
  const group = sql.ref(`${alias}.group_id`);
  return sql`(${id} = ${actor.userId} or ${group} = any(${[...actor.supervisedGroupIds]}::bigint[]))`;
}

/** The roles, groups or logins that belong to users whom an actor sees whole. */
function ofWholeUsers(actor: Actor, link: RawBuilder<unknown>): Visibility {
  if (may(actor, Permission.USERS_MANAGE)) return 'all';
  return actor.kind === 'user'
    ? sql`exists (select from app_user u where ${link} and ${wholeUsers(actor, 'u')})`
    : 'none';
}

/** Which roles an actor sees: those of the users whom they see whole. */
export function visibleRoles(actor: Actor): Visibility {
  return ofWholeUsers(actor, sql`u.role_id = t.id`);
}

/** Which logins an actor sees, by which the e-mail of a user is read: those of the users whom they see whole. */
export function visibleLogins(actor: Actor): Visibility {
  return ofWholeUsers(actor, sql`u.id = t.user_id`);
}

/** Which groups an actor sees: their own, and those that they answer for. */
export function visibleGroups(actor: Actor): Visibility {
  if (may(actor, Permission.USERS_MANAGE)) return 'all';
  if (actor.kind !== 'user') return 'none';
  return sql`(t.id = any(${[...actor.supervisedGroupIds]}::bigint[])
    or t.id = (select u.group_id from app_user u where u.id = ${actor.userId}))`;
}

/** Whether an actor sees who is in a group: an admin, and who answers for it. */
export function seesMembers(actor: Actor, groupId: string): boolean {
  return may(actor, Permission.USERS_MANAGE) || (actor.kind === 'user' && actor.supervisedGroupIds.includes(groupId));
}

/** The groups that an actor answers for, as a condition on table `t` of groups. */
export function supervisedBy(actor: Actor): RawBuilder<unknown> {
  return actor.kind === 'user' ? sql`t.id = any(${[...actor.supervisedGroupIds]}::bigint[])` : sql`false`;
}
