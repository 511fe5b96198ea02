import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse } from '../shared/errors/refusal.js';
import { createUser } from './create-user.js';
import { type UserFields, userChanged, userCreated } from './identity.events.js';

/** The user whom an operator's profile is to be of. */
export interface OperatorUser {
  readonly email: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly patronymic: string | null;
  /** The key of their group; who is known stays in theirs when it is left out. */
  readonly groupId: string | undefined;
}

/** What became of the user. */
export interface SettledUser {
  readonly userId: string;
  readonly changed: boolean;
  readonly hasPassword: boolean;
}

interface LoginRow {
  user_id: string | null;
  active: boolean | null;
  has_password: boolean;
  last_name: string;
  first_name: string;
  patronymic: string | null;
  group_id: string | null;
}

/**
 * Makes the user behind an operator, or brings who has the e-mail up to date.
 *
 * @throws Refusal with NOT_FOUND for the group, CONFLICT when the e-mail is a customer's, STATE_NOT_ALLOWED when the user
 * is not active
 */
export async function settleOperatorUser(work: Work, wanted: OperatorUser): Promise<SettledUser> {
  const { email, groupId, ...names } = wanted;
  await checkGroup(work, groupId);
  // Nobody else can be adding this e-mail meanwhile, and there is no row yet that could be locked.
  await work.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`login:${email.toLowerCase()}`}, 0))`);
  const [login] = await work.rows(sql<LoginRow>`
    select l.user_id, u.active, l.password_hash is not null as has_password, u.last_name, u.first_name, u.patronymic,
      u.group_id
    from login l left join app_user u on u.id = l.user_id where l.email_key = ${email.toLowerCase()}
    for no key update of l`);
  const path = ['input', 'email'];
  if (login && login.user_id === null) throw refuse(ErrorCode.CONFLICT, 'This e-mail is a customer’s.', path);
  if (!login) {
    const user = { ...names, email, role: 'operator', groupId: groupId ?? null };
    const userId = await createUser(work, user, work.now);
    await work.record([userCreated(userId, user)]);
    return { userId, changed: true, hasPassword: false };
  }
  if (!login.active) throw refuse(ErrorCode.STATE_NOT_ALLOWED, 'This user is not active.', path);
  const userId = login.user_id!;
  const after = { ...names, groupId: groupId ?? login.group_id };
  return { userId, changed: await change(work, userId, login, after), hasPassword: login.has_password };
}

async function checkGroup(work: Work, groupId: string | undefined): Promise<void> {
  if (groupId === undefined) return;
  const [group] = await work.rows(sql<object>`select from user_group where id = ${groupId} for key share`);
  if (!group) throw refuse(ErrorCode.NOT_FOUND, 'There is no such group.', ['input', 'groupId']);
}

/** @returns whether anything was different */
async function change(work: Work, userId: string, login: LoginRow, after: UserFields): Promise<boolean> {
  const { last_name: lastName, first_name: firstName, patronymic, group_id: groupId } = login;
  const before = { lastName, firstName, patronymic, groupId };
  const same =
    lastName === after.lastName &&
    firstName === after.firstName &&
    patronymic === after.patronymic &&
    groupId === after.groupId;
  if (same) return false;
  await work.rows(sql`
    update app_user set last_name = ${after.lastName}, first_name = ${after.firstName}, patronymic = ${after.patronymic},
      group_id = ${after.groupId}
    where id = ${userId}`);
  await work.record([userChanged(userId, before, after)]);
  return true;
}
