import { sql } from 'kysely';
import { PARTNER_SCOPE_NAMES } from '../../entities/identity/partner-scope.js';
import { createUser } from '../identity/create-user.js';
import { partnerKeyCreated, userCreated } from '../identity/identity.events.js';
import { hashPassword } from '../identity/passwords.js';
import { registerOperator } from '../identity/register-operator.js';
import { hashSecretToken } from '../identity/secret-token.js';
import type { Work } from '../shared/database/work.js';

/** The password of every demo sign-in. */
export const DEMO_PASSWORD = 'switchboard';
/** The key of the demo's partner. */
export const DEMO_PARTNER_KEY = 'swb_demo_switchboard';
/** The e-mails of the demo sign-ins. */
export const DEMO_EMAILS = {
  admin: 'admin@demo.example',
  supervisor: 'supervisor@demo.example',
  operator: 'operator@demo.example',
  customer: 'customer@demo.example',
} as const;

const GROUP = 'Контакт-центр';
const OPERATOR_PHONE = '+79990000001';
const PARTNER = 'Демо-партнёр';

/** What the demo's sign-ins are made for. */
export interface DemoSignIns {
  /** The customer who signs in as `customer@demo.example`. */
  readonly customerId: string;
  /** Since when the demo operator has their number. */
  readonly validFrom: Date;
}

/**
 * Makes the demo's sign-ins: an admin, a supervisor of a group that all operators are put into, an operator with a
 * number of their own, a customer, and a partner's key. What is there already stays as it is.
 */
export async function createDemoSignIns(work: Work, { customerId, validFrom }: DemoSignIns): Promise<void> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  await ensureUser(
    work,
    { email: DEMO_EMAILS.admin, lastName: 'Админова', firstName: 'Анна', role: 'admin' },
    passwordHash,
  );
  const supervisorId = await ensureUser(
    work,
    { email: DEMO_EMAILS.supervisor, lastName: 'Старшев', firstName: 'Степан', role: 'supervisor' },
    passwordHash,
  );
  const { userId } = await registerOperator(work, {
    alias: 'Ольга',
    fullName: 'Операторова Ольга',
    email: DEMO_EMAILS.operator,
    phone: OPERATOR_PHONE,
    maxLoad: 10,
    schedule: null,
    validFrom,
  });
  await givePassword(work, userId, passwordHash);
  await gatherOperators(work, supervisorId);
  await work.rows(sql`
    insert into login (email, email_key, password_hash, customer_id)
    values (${DEMO_EMAILS.customer}, ${DEMO_EMAILS.customer}, ${passwordHash}, ${customerId}) on conflict do nothing`);
  const scopes = PARTNER_SCOPE_NAMES.filter(
    (scope) => scope.endsWith(':read') || scope === 'calls:write' || scope === 'webhooks',
  );
  const [key] = await work.rows(sql<{ id: string }>`
    insert into partner_key (name, token_hash, scopes, created_at)
    values (${PARTNER}, ${hashSecretToken(DEMO_PARTNER_KEY)}, ${scopes}, ${work.now}) on conflict do nothing returning id`);
  if (key) await work.record([partnerKeyCreated(key.id, { name: PARTNER, scopes })]);
}

async function ensureUser(
  work: Work,
  user: { readonly email: string; readonly lastName: string; readonly firstName: string; readonly role: string },
  passwordHash: string,
): Promise<string> {
  const [known] = await work.rows(sql<{ user_id: string }>`select user_id from login where email_key = ${user.email}`);
  if (known) return known.user_id;
  const id = await createUser(work, { ...user, passwordHash }, work.now);
  await work.record([userCreated(id, user)]);
  return id;
}

/** Stands in for the invitation's acceptance. */
async function givePassword(work: Work, userId: string, passwordHash: string): Promise<void> {
  await work.rows(sql`
    update login set password_hash = ${passwordHash} where user_id = ${userId} and password_hash is null`);
  await work.rows(sql`
    update invitation set accepted_at = ${work.now}
    where user_id = ${userId} and accepted_at is null and withdrawn_at is null`);
}

/** Puts the operators who are in no group into the demo's, which the supervisor answers for. */
async function gatherOperators(work: Work, supervisorId: string): Promise<void> {
  await work.rows(sql`insert into user_group (name) values (${GROUP}) on conflict do nothing`);
  await work.rows(sql`
    insert into group_supervision (supervisor_id, group_id)
    select ${supervisorId}, g.id from user_group g where g.name = ${GROUP} on conflict do nothing`);
  await work.rows(sql`
    update app_user u set group_id = g.id from user_group g
    where g.name = ${GROUP} and u.group_id is null and exists (select from operator o where o.user_id = u.id)`);
}
