import { sql } from 'kysely';
import { Login } from '../../entities/identity/login.entity.js';
import type { Presence } from '../../entities/identity/presence.enum.js';
import { Role } from '../../entities/identity/role.entity.js';
import { User } from '../../entities/identity/user.entity.js';
import { UserGroup } from '../../entities/identity/user-group.entity.js';
import { choice, filter } from '../shared/read/filter.js';
import { readable } from '../shared/read/readable.js';
import { emailKey } from '../shared/text/email-address.js';
import { visibleLogins, visibleRoles, visibleUsers, wholeUsers } from './user.policy.js';
import { visibleGroups } from './user-group.policy.js';

/** How users are read; only what everybody sees of a user orders them. */
export const users = readable({
  kind: 'User',
  entity: User,
  visible: visibleUsers,
  filters: {
    name: filter<string>(
      (part) => sql`strpos(lower(concat_ws(' ', t.last_name, t.first_name, t.patronymic)), lower(${part})) > 0`,
    ),
    presence: choice<Presence>((presence) => sql`t.presence = ${presence}`),
    active: choice<boolean>((active) => sql`t.active = ${active}`),
    role: filter<string>((name) => sql`t.role_id = (select r.id from role r where r.name = ${name})`),
    email: filter(
      (email) => sql`exists (select from login l where l.user_id = t.id and l.email_key = ${email})`,
      emailKey,
    ),
  },
  hideable: { names: ['active', 'role', 'email'], whole: wholeUsers },
  orders: { NAME: ['lastName', 'firstName'] },
  defaultOrder: { field: 'NAME', direction: 'ASC' },
});

/** How groups of users are read. */
export const userGroups = readable({
  kind: 'UserGroup',
  entity: UserGroup,
  visible: visibleGroups,
  filters: { name: filter<string>((part) => sql`strpos(lower(t.name), lower(${part})) > 0`) },
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
  orders: { ID: [] },
  defaultOrder: { field: 'ID', direction: 'ASC' },
});
