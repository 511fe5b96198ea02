import { sql } from 'kysely';
import { Login } from '../../entities/identity/login.entity.js';
import type { Presence } from '../../entities/identity/presence.enum.js';
import { Role } from '../../entities/identity/role.entity.js';
import { User } from '../../entities/identity/user.entity.js';
import { UserGroup } from '../../entities/identity/user-group.entity.js';
import { readable } from '../shared/read/readable.js';
import { visibleGroups, visibleLogins, visibleRoles, visibleUsers } from './user.policy.js';

/**
 * How users are read.
 *
 * Only what everybody sees of a user orders them; the filters of `HIDEABLE_USER_FILTERS` must be asked together with
 * `wholeUsers`, or they would tell what is hidden.
 */
export const users = readable({
  kind: 'User',
  entity: User,
  visible: visibleUsers,
  filters: {
    name: (part: string) =>
      sql`strpos(lower(concat_ws(' ', t.last_name, t.first_name, t.patronymic)), lower(${part})) > 0`,
    presence: (presence: Presence) => sql`t.presence = ${presence}`,
    active: (active: boolean) => sql`t.active = ${active}`,
    role: (name: string) => sql`t.role_id = (select r.id from role r where r.name = ${name})`,
    email: (email: string) => sql`exists (
      select from login l where l.user_id = t.id and l.email_key = ${email.toLowerCase()})`,
  },
  orders: { NAME: ['lastName', 'firstName'] },
  defaultOrder: { field: 'NAME', direction: 'ASC' },
});

/** The filters that ask for what can be hidden of a user. */
export const HIDEABLE_USER_FILTERS = ['active', 'role', 'email'] as const;

/** How groups of users are read. */
export const userGroups = readable({
  kind: 'UserGroup',
  entity: UserGroup,
  visible: visibleGroups,
  filters: { name: (part: string) => sql`strpos(lower(t.name), lower(${part})) > 0` },
  orders: { NAME: ['name'] },
  defaultOrder: { field: 'NAME', direction: 'ASC' },
});

/** How roles are read. */
export const roles = readable({
  kind: 'Role',
  entity: Role,
  visible: visibleRoles,
  filters: {},
  orders: { NAME: ['name'] },
  defaultOrder: { field: 'NAME', direction: 'ASC' },
});

/** How the logins behind users are read, for their e-mails; they are no objects of the graph. */
export const logins = readable({
  kind: 'Login',
  entity: Login,
  visible: visibleLogins,
  filters: {},
  orders: {},
  defaultOrder: { field: '', direction: 'ASC' },
});
