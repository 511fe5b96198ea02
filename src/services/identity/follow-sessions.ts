import { sql } from 'kysely';
import { Presence } from '../../entities/identity/presence.enum.js';
import { systemActor } from '../shared/access/actor.js';
import type { Database } from '../shared/database/database.js';
import type { Work } from '../shared/database/work.js';
import { lockLogin } from './end-sessions.js';
import { userPresenceChanged } from './identity.events.js';

interface UserRow {
  id: string;
  version: number;
  group_id: string | null;
  operator_id: string | null;
  before: Presence;
}

const SHOWN = sql`u.id, u.version, u.group_id, old.presence as before,
  (select o.id from operator o where o.user_id = u.id and o.removed_at is null) as operator_id`;

/**
 * Says of an employee who signs in that they can be reached, where they were offline; what else they chose, on another
 * device, stays. Their login must be locked.
 */
export async function comeOnline(work: Work, userId: string): Promise<void> {
  const [row] = await work.rows(sql<UserRow>`
    update app_user u set last_login_at = ${work.now}, version = version + (presence = ${Presence.OFFLINE})::int,
      presence = case when presence = ${Presence.OFFLINE} then ${Presence.ONLINE} else presence end
    where id = ${userId} returning ${SHOWN}`);
  if (row?.before === Presence.OFFLINE) await tell(work, row, Presence.ONLINE, `user:${userId}`);
}

/** Says of an employee whose last session has ended that they cannot be reached. Their login must be locked. */
export async function goOffline(work: Work, loginId: string): Promise<void> {
  const [row] = await work.rows(sql<UserRow>`
    update app_user u set presence = ${Presence.OFFLINE}, version = version + 1
    from login l
    where l.id = ${loginId} and u.id = l.user_id and u.presence <> ${Presence.OFFLINE} and not exists (
      select from refresh_token t where t.login_id = l.id and ${isLive(work.now)})
    returning ${SHOWN}`);
  if (row) await tell(work, row, Presence.OFFLINE);
}

/**
 * Says of employees whose last session has run out that they cannot be reached, each in a transaction of its own; who never
 * signed in stays as they are.
 */
export async function goOfflineWithoutSession(database: Database): Promise<void> {
  const logins = await database.rows(sql<{ id: string }>`
    select l.id from login l join app_user u on u.id = l.user_id
    where u.presence <> ${Presence.OFFLINE} and exists (select from refresh_token t where t.login_id = l.id)
      and not exists (select from refresh_token t where t.login_id = l.id and ${isLive(database.clock.now())})
    order by l.id`);
  for (const { id } of logins) {
    await database.transact(systemActor('housekeeping'), async (work) => {
      await lockLogin(work, id);
      await goOffline(work, id);
    });
  }
}

/** Whether a refresh token, as `t`, keeps its session alive. */
const isLive = (now: Date) => sql`t.used_at is null and t.revoked_at is null and t.expires_at > ${now}`;

async function tell(work: Work, row: UserRow, presence: Presence, actor?: string): Promise<void> {
  const { id, version, group_id: groupId, operator_id: operatorId, before } = row;
  const event = userPresenceChanged({ id, version, operatorId, groupId }, before, presence);
  await work.record([actor === undefined ? event : { ...event, actor }]);
}
