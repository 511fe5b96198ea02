import { sql } from 'kysely';
import type { ChangeRecord } from '../../entities/history/change-record.entity.js';
import { Permission } from '../../entities/identity/permission.enum.js';
import { seesWholeUser, visibleUsers, wholeUsers } from '../identity/user.policy.js';
import { users } from '../identity/user.queries.js';
import type { Actor } from '../shared/access/actor.js';
import { may } from '../shared/access/operation-rule.js';
import type { Reader } from '../shared/read/reader.js';
import type { ShownRule } from '../shared/read/reads/shown.js';
import type { Row } from '../shared/read/row.js';
import { allHold, conditionsOf } from '../shared/read/visibility.js';

/**
 * From where somebody changed something is shown with all of the history; else of the users who are shown whole, oneself
 * among them. That of customers and partners is shown only with all of the history.
 */
export const CLIENT_SHOWN: ShownRule = {
  holds: async (actor: Actor, { user }: Pick<Row<ChangeRecord>, 'user'>, reader: Reader) => {
    if (may(actor, Permission.HISTORY_ALL)) return true;
    const who = await reader.byId(users, user);
    return who !== null && seesWholeUser(actor, who);
  },
  where: (rights, column) => {
    if (may(rights, Permission.HISTORY_ALL)) return 'always';
    const seen = allHold([...conditionsOf(visibleUsers(rights)), wholeUsers(rights)]);
    return sql`${column('user')} in (select t.id from app_user t where ${seen})`;
  },
};
