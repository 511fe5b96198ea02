import { sql } from 'kysely';
import { Permission } from '../../entities/identity/permission.enum.js';
import type { Actor } from '../shared/access/actor.js';
import { may } from '../shared/access/operation-rule.js';
import { OWN } from '../shared/access/own.js';
import type { Rights } from '../shared/access/rights.js';
import type { ShownRule } from '../shared/read/reads/shown.js';
import type { Visibility } from '../shared/read/visibility.js';

/** Which groups an actor sees: their own, and those that they answer for. */
export function visibleGroups(rights: Rights): Visibility {
  if (may(rights, Permission.USERS_MANAGE)) return 'all';
  if (rights.kind !== 'user') return 'none';
  return sql`(t.id = any(${OWN.supervisedGroupIds}::bigint[])
    or t.id = (select u.group_id from app_user u where u.id = ${OWN.userId}))`;
}

/** Who is in a group is shown to an admin, and to who answers for it. */
export const MEMBERS_SHOWN: ShownRule = {
  holds: (actor: Actor, group: { readonly id: string }) =>
    may(actor, Permission.USERS_MANAGE) || (actor.kind === 'user' && actor.supervisedGroupIds.includes(group.id)),
  where: (rights, column) => {
    if (may(rights, Permission.USERS_MANAGE)) return 'always';
    return rights.kind === 'user' ? sql`${column('id')} = any(${OWN.supervisedGroupIds}::bigint[])` : 'never';
  },
};

/** The groups that whoever asks answers for, as a condition on table `t` of groups. */
export const SUPERVISED = sql`t.id = any(${OWN.supervisedGroupIds}::bigint[])`;
