import { sql } from 'kysely';
import { CustomerStatus } from '../../entities/customers/customer-status.enum.js';
import type { Permission } from '../../entities/identity/permission.enum.js';
import { type Actor, anonymous } from '../shared/access/actor.js';
import type { SqlExecutor } from '../shared/database/sql-executor.js';
import type { AccessClaims } from './access-tokens.js';
import { CUSTOMER_PERMISSIONS } from './customer-permissions.js';
import { permissionsOfScopes } from './partner-scopes.js';
import { hashSecretToken } from './secret-token.js';

interface LoginRow {
  live: boolean;
  user_id: string | null;
  active: boolean | null;
  role: string;
  permissions: Permission[];
  operator_id: string | null;
  supervised_group_ids: string[];
  customer_id: string | null;
  customer_status: CustomerStatus | null;
}

/**
 * Reads in one statement who a session's token stands for, as rights are now.
 *
 * A session lives while its family has a refresh token that was neither used nor revoked and has not expired.
 *
 * @returns nobody, with the reason, when the session has ended or its owner is not active any more
 */
export async function readSessionActor(
  db: SqlExecutor,
  { loginId, sessionId }: AccessClaims,
  now: Date,
): Promise<Actor> {
  const [row] = await db.rows(sql<LoginRow>`
    select l.user_id, l.customer_id, u.active, r.name as role, r.permissions, o.id as operator_id,
      c.status as customer_status,
      array(select g.group_id::text from group_supervision g where g.supervisor_id = u.id order by g.group_id)
        as supervised_group_ids,
      exists (select from refresh_token t where t.family = ${sessionId}::uuid and t.login_id = l.id
        and t.used_at is null and t.revoked_at is null and t.expires_at > ${now}) as live
    from login l
    left join app_user u on u.id = l.user_id
    left join role r on r.id = u.role_id
    left join operator o on o.user_id = u.id and o.removed_at is null
    left join customer c on c.id = l.customer_id
    where l.id = ${loginId}`);
  if (!row?.live) return anonymous('The session has ended. Sign in again.');
  if (row.user_id !== null) {
    if (!row.active) return anonymous('This user is not active any more.');
    return {
      kind: 'user',
      key: `user:${row.user_id}`,
      loginId,
      sessionId,
      userId: row.user_id,
      role: row.role,
      permissions: new Set(row.permissions),
      operatorId: row.operator_id,
      supervisedGroupIds: row.supervised_group_ids,
    };
  }
  if (row.customer_status === CustomerStatus.CLOSED) return anonymous('This customer is not served any more.');
  const customerId = row.customer_id!;
  return {
    kind: 'customer',
    key: `customer:${customerId}`,
    loginId,
    sessionId,
    customerId,
    permissions: CUSTOMER_PERMISSIONS,
  };
}

/** Reads in one statement which partner a key is of; nobody, with the reason, for one that is unknown or revoked. */
export async function readPartnerActor(db: SqlExecutor, key: string): Promise<Actor> {
  const [row] = await db.rows(sql<{ id: string; name: string; scopes: string[]; revoked: boolean }>`
    select id, name, scopes, revoked_at is not null as revoked from partner_key
    where token_hash = ${hashSecretToken(key)}`);
  if (!row) return anonymous('The partner key is not valid.');
  if (row.revoked) return anonymous('The partner key has been revoked.');
  return {
    kind: 'partner',
    key: `partner:${row.id}`,
    partnerKeyId: row.id,
    name: row.name,
    scopes: row.scopes,
    permissions: permissionsOfScopes(row.scopes),
  };
}
