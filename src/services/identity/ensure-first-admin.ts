import { sql } from 'kysely';
import { systemActor } from '../shared/access/actor.js';
import type { Database } from '../shared/database/database.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse } from '../shared/errors/refusal.js';
import { createUser } from './create-user.js';
import { userCreated } from './identity.events.js';
import { hashPassword } from './passwords.js';

const ADMINS = sql<{ id: string }>`
  select u.id from app_user u join role r on r.id = u.role_id where r.name = 'admin' limit 1`;

/**
 * Makes the first admin of an installation; does nothing where there is or was one (requirements, part 1).
 *
 * @returns whether it made one
 * @throws Refusal with CONFLICT when somebody who is no admin signs in with this e-mail
 */
export async function ensureFirstAdmin(
  database: Database,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<boolean> {
  if ((await database.rows(ADMINS)).length > 0) return false;
  const passwordHash = await hashPassword(password);
  return database.transact(systemActor('first-admin'), async (work) => {
    // Of several processes that start at once, one makes it.
    await work.rows(sql`select pg_advisory_xact_lock(hashtextextended('first-admin', 0))`);
    if ((await work.rows(ADMINS)).length > 0) return false;
    const taken = await work.rows(sql<{ id: string }>`select id from login where email_key = ${email.toLowerCase()}`);
    if (taken.length > 0) throw refuse(ErrorCode.CONFLICT, `${email} is the e-mail of somebody who is no admin.`);
    const admin = { email, lastName: 'Admin', firstName: 'First', role: 'admin' };
    const id = await createUser(work, { ...admin, passwordHash }, work.now);
    await work.record([userCreated(id, admin)]);
    return true;
  });
}
