import { type RawBuilder, sql } from 'kysely';
import { Permission } from '../../entities/identity/permission.enum.js';
import type { User } from '../../entities/identity/user.entity.js';
import type { Actor } from '../shared/access/actor.js';
import { may, type OperationRules } from '../shared/access/operation-rule.js';
import { OWN } from '../shared/access/own.js';
import type { Rights } from '../shared/access/rights.js';
import type { ShownRule } from '../shared/read/reads/shown.js';
import type { Row } from '../shared/read/row.js';
import type { Visibility } from '../shared/read/visibility.js';

/** Who may use the operations on users, their groups and their roles (requirements, "Who may do what"). */
export const USER_OPERATIONS: OperationRules = {
  'Query.user': [Permission.USERS_READ],
  'Query.users': [Permission.USERS_READ],
  'Query.userGroup': [Permission.USERS_READ],
  'Query.userGroups': [Permission.USERS_READ],
  'Query.roles': [Permission.USERS_MANAGE],
  'Mutation.setPresence': [Permission.PRESENCE_SET],
  'Mutation.renewInvitation': [Permission.USERS_MANAGE],
};

/** Which users an actor sees at all: an employee everybody, or themselves only; nobody else any. */
export function visibleUsers(rights: Rights): Visibility {
  if (rights.kind === 'system') return 'all';
  if (rights.kind !== 'user') return 'none';
  return may(rights, Permission.USERS_READ) ? 'all' : sql`t.id = ${OWN.userId}`;
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

/** The same as `seesWholeUser`, for a user whose key and group stand at the columns given. */
function isWholeUser(rights: Rights, id: RawBuilder<unknown>, group: RawBuilder<unknown>): RawBuilder<unknown> {
  if (may(rights, Permission.USERS_MANAGE)) return sql`true`;
  if (rights.kind !== 'user') return sql`false`;
  return sql`(${id} = ${OWN.userId} or ${group} = any(${OWN.supervisedGroupIds}::bigint[]))`;
}

/** The users that `seesWholeUser` holds for, as a condition on a table of users by its alias. */
export function wholeUsers(rights: Rights, alias = 't'): RawBuilder<unknown> {
  return isWholeUser(rights, sql.ref(`${alias}.id`), sql.ref(`${alias}.group_id`));
}

/** What of a user is shown only to whom all of the user is. */
export const WHOLE_USER_SHOWN: ShownRule = {
  holds: seesWholeUser,
  where: (rights, column) =>
    may(rights, Permission.USERS_MANAGE) ? 'always' : isWholeUser(rights, column('id'), column('group')),
};

/** The roles, groups or logins that belong to users whom an actor sees whole. */
function ofWholeUsers(rights: Rights, link: RawBuilder<unknown>): Visibility {
  if (may(rights, Permission.USERS_MANAGE)) return 'all';
  return rights.kind === 'user'
    ? sql`exists (select from app_user u where ${link} and ${wholeUsers(rights, 'u')})`
    : 'none';
}

/** Which roles an actor sees: those of the users whom they see whole. */
export function visibleRoles(rights: Rights): Visibility {
  return ofWholeUsers(rights, sql`u.role_id = t.id`);
}

/** Which logins an actor sees, by which the e-mail of a user is read: those of the users whom they see whole. */
export function visibleLogins(rights: Rights): Visibility {
  return ofWholeUsers(rights, sql`u.id = t.user_id`);
}
