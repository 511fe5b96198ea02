import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';

/** Which sessions end: one, or all of a login but, where it is named, one. */
export interface EndedSessions {
  readonly loginId: string;
  readonly sessionId?: string;
  readonly exceptSessionId?: string;
}

/**
 * Holds a login, so that its sessions are begun, gone on with and ended one after another.
 *
 * Without it, a session that is ended while its refresh token is being used would live on by the new token.
 */
export async function lockLogin(work: Work, loginId: string): Promise<void> {
  await work.rows(sql`select from login where id = ${loginId} for no key update`);
}

/** Ends sessions; the login must be locked. Gives how many of them lived. */
export async function endSessions(work: Work, ended: EndedSessions): Promise<number> {
  const conditions = [sql`login_id = ${ended.loginId}`];
  if (ended.sessionId) conditions.push(sql`family = ${ended.sessionId}::uuid`);
  if (ended.exceptSessionId) conditions.push(sql`family <> ${ended.exceptSessionId}::uuid`);
  const tokens = await work.rows(sql<{ live: boolean }>`
    update refresh_token set revoked_at = ${work.now} where revoked_at is null and ${sql.join(conditions, sql` and `)}
    returning used_at is null and expires_at > ${work.now} as live`);
  return tokens.filter((token) => token.live).length;
}
