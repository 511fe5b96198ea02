import { sql } from 'kysely';
import type { SqlExecutor } from '../shared/database/sql-executor.js';

/** A user to be made. */
export interface NewUser {
  readonly email: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly patronymic?: string | null;
  /** The name of a role that there is. */
  readonly role: string;
  /** The key of a group that there is. */
  readonly groupId?: string | null;
  /** Without one, nobody signs in as this user until an invitation is accepted. */
  readonly passwordHash?: string | null;
}

/**
 * Makes a user with a login, in the transaction that `db` runs in; the e-mail must be nobody's yet.
 *
 * @returns the user's key
 */
export async function createUser(db: SqlExecutor, user: NewUser, now: Date): Promise<string> {
  const [created] = await db.rows(sql<{ id: string }>`
    insert into app_user (last_name, first_name, patronymic, role_id, group_id, created_at)
    select ${user.lastName}, ${user.firstName}, ${user.patronymic ?? null}, r.id, ${user.groupId ?? null}, ${now}
    from role r where r.name = ${user.role} returning id`);
  if (!created) throw new Error(`There is no role ${user.role}.`);
  await db.rows(sql`
    insert into login (email, email_key, password_hash, user_id)
    values (${user.email}, ${user.email.toLowerCase()}, ${user.passwordHash ?? null}, ${created.id})`);
  return created.id;
}
