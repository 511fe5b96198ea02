import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { SqlExecutor } from '../shared/database/sql-executor.js';
import type { AccessClaims } from './access-tokens.js';
import { hashSecretToken, makeSecretToken } from './secret-token.js';

/** How long a refresh token can be used, in milliseconds; each use gives one that holds as long again. */
const REFRESH_LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;

/** What a session was begun or gone on with: what the access token is to say, and the refresh token itself. */
export interface OpenedSession {
  readonly claims: AccessClaims;
  readonly refreshToken: string;
  readonly refreshExpiresAt: Date;
}

/** Begins a session of a login, in the transaction that `db` runs in. */
export async function openSession(
  db: SqlExecutor,
  owner: Omit<AccessClaims, 'sessionId'>,
  now: Date,
): Promise<OpenedSession> {
  return continueSession(db, { ...owner, sessionId: randomUUID() }, now);
}

/** Adds the next refresh token to a session's family, in the transaction that `db` runs in. */
export async function continueSession(db: SqlExecutor, claims: AccessClaims, now: Date): Promise<OpenedSession> {
  const refreshToken = makeSecretToken();
  const refreshExpiresAt = new Date(now.getTime() + REFRESH_LIFETIME_MS);
  await db.rows(sql`
    insert into refresh_token (login_id, family, token_hash, created_at, expires_at)
    values (${claims.loginId}, ${claims.sessionId}, ${hashSecretToken(refreshToken)}, ${now}, ${refreshExpiresAt})`);
  return { claims, refreshToken, refreshExpiresAt };
}
