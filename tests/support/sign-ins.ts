import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { PARTNER_SCOPE_NAMES, type PartnerScope } from '../../src/entities/identity/partner-scope.js';
import { AccessTokens } from '../../src/services/identity/access-tokens.js';
import { Authenticator, PARTNER_KEY_PREFIX } from '../../src/services/identity/authenticate.js';
import { openSession } from '../../src/services/identity/open-session.js';
import { hashSecretToken, makeSecretToken } from '../../src/services/identity/secret-token.js';
import type { Actor, CustomerActor, PartnerActor, UserActor } from '../../src/services/shared/access/actor.js';
import type { Database } from '../../src/services/shared/database/database.js';

/** What signs the access tokens of every product that a test starts; `startProduct` uses the same. */
export const TEST_JWT_SECRET = 'a secret for tests that is long enough';

/** Somebody who is signed in: as the product knows them, and the token that they send. */
export interface SignedIn<Who extends Actor> {
  readonly actor: Who;
  /** For `Authorization: Bearer …`. */
  readonly token: string;
}

/** Somebody of every kind: two operators, of whom the supervisor answers for the first one's group only. */
export interface Actors {
  readonly admin: SignedIn<UserActor>;
  readonly supervisor: SignedIn<UserActor>;
  readonly operator: SignedIn<UserActor>;
  readonly otherOperator: SignedIn<UserActor>;
  readonly customer: SignedIn<CustomerActor>;
  readonly otherCustomer: SignedIn<CustomerActor>;
  /** With every scope. */
  readonly partner: SignedIn<PartnerActor>;
  /** The group of `operator`, which `supervisor` answers for. */
  readonly groupId: string;
}

const unique = () => randomBytes(5).toString('hex');

async function insertedId(database: Database, statement: ReturnType<typeof sql<{ id: string }>>): Promise<string> {
  const [row] = await database.rows(statement);
  return row!.id;
}

async function signedIn<Who extends Actor>(
  database: Database,
  kind: Who['kind'],
  token: string,
): Promise<SignedIn<Who>> {
  const authenticator = new Authenticator(database, new AccessTokens(TEST_JWT_SECRET));
  const { actor } = await authenticator.authenticate(`Bearer ${token}`);
  if (actor.kind !== kind) throw new Error(`This is no ${kind}: ${JSON.stringify(actor)}`);
  return { actor: actor as Who, token };
}

/** Signs a login in without its password. */
export async function signInLogin(database: Database, loginId: string, kind: 'user' | 'customer'): Promise<string> {
  const now = database.clock.now();
  const { claims } = await openSession(database, { loginId, kind }, now);
  return (await new AccessTokens(TEST_JWT_SECRET).issue(claims, now)).token;
}

/** What a user is made with; what is left out is made up. */
export interface UserParts {
  readonly role: 'admin' | 'supervisor' | 'operator';
  readonly email?: string;
  readonly lastName?: string;
  readonly firstName?: string;
  readonly groupId?: string;
  /** The groups that they answer for. */
  readonly supervises?: readonly string[];
  /** As `hashPassword` makes it; without one nobody signs in with a password. */
  readonly passwordHash?: string;
  readonly active?: boolean;
  /** Makes an operator's profile. */
  readonly operator?: { readonly alias?: string; readonly phone?: string; readonly heldFrom?: Date };
}

/** Makes a group of users. */
export async function createGroup(database: Database, name = `Group ${unique()}`): Promise<string> {
  return insertedId(database, sql`insert into user_group (name) values (${name}) returning id`);
}

/** Makes a user with a login, and an operator's profile where asked for. */
export async function createUser(database: Database, parts: UserParts): Promise<{ userId: string; loginId: string }> {
  const { role, email = `user-${unique()}@test.example`, passwordHash = null } = parts;
  const userId = await insertedId(
    database,
    sql`insert into app_user (last_name, first_name, work_phone, role_id, group_id, active)
      select ${parts.lastName ?? 'Petrova'}, ${parts.firstName ?? 'Anna'}, '+74951234567', r.id,
        ${parts.groupId ?? null}, ${parts.active ?? true}
      from role r where r.name = ${role} returning id`,
  );
  for (const groupId of parts.supervises ?? []) {
    await database.rows(sql`insert into group_supervision (supervisor_id, group_id) values (${userId}, ${groupId})`);
  }
  const loginId = await insertedId(
    database,
    sql`insert into login (email, email_key, password_hash, user_id)
      values (${email}, ${email.toLowerCase()}, ${passwordHash}, ${userId}) returning id`,
  );
  if (parts.operator) await createProfile(database, userId, parts.operator);
  return { userId, loginId };
}

async function createProfile(
  database: Database,
  userId: string,
  {
    alias = `Alias ${unique()}`,
    phone,
    heldFrom = new Date('2026-01-01T00:00:00Z'),
  }: NonNullable<UserParts['operator']>,
): Promise<void> {
  const operatorId = await insertedId(
    database,
    sql`insert into operator (user_id, alias, phone, max_load, skills)
      values (${userId}, ${alias}, ${phone ?? null}, 5, '{}') returning id`,
  );
  if (phone === undefined) return;
  await database.rows(
    sql`insert into number_holding (msisdn, operator_id, held_from) values (${phone}, ${operatorId}, ${heldFrom})`,
  );
}

/** Makes a user and signs them in. */
export async function signInUser(database: Database, parts: UserParts): Promise<SignedIn<UserActor>> {
  const { loginId } = await createUser(database, parts);
  return signedIn(database, 'user', await signInLogin(database, loginId, 'user'));
}

/** Makes a login of a customer, and the customer where no id is given. */
export async function createCustomerLogin(
  database: Database,
  parts: { readonly customerId?: string; readonly email?: string; readonly passwordHash?: string } = {},
): Promise<{ customerId: string; loginId: string }> {
  const { email = `customer-${unique()}@test.example`, passwordHash = null } = parts;
  const customerId =
    parts.customerId ??
    (await insertedId(
      database,
      sql`insert into customer (name, last_name, first_name) values ('Ivanova Olga', 'Ivanova', 'Olga') returning id`,
    ));
  const loginId = await insertedId(
    database,
    sql`insert into login (email, email_key, password_hash, customer_id)
      values (${email}, ${email.toLowerCase()}, ${passwordHash}, ${customerId}) returning id`,
  );
  return { customerId, loginId };
}

/** Signs a customer in, a new one where no id is given. */
export async function signInCustomer(database: Database, customerId?: string): Promise<SignedIn<CustomerActor>> {
  const { loginId } = await createCustomerLogin(database, customerId === undefined ? {} : { customerId });
  return signedIn(database, 'customer', await signInLogin(database, loginId, 'customer'));
}

/** Makes a partner's key; with every scope where none are named. */
export async function signInPartner(
  database: Database,
  scopes: readonly PartnerScope[] = PARTNER_SCOPE_NAMES,
): Promise<SignedIn<PartnerActor>> {
  const token = makeSecretToken(PARTNER_KEY_PREFIX);
  await database.rows(sql`
    insert into partner_key (name, token_hash, scopes)
    values (${`Partner ${unique()}`}, ${hashSecretToken(token)}, ${[...scopes]})`);
  return signedIn(database, 'partner', token);
}

/** Makes somebody of every kind, signed in. The operators have the numbers +79990000011 and +79990000012 since 2026. */
export async function createActors(database: Database): Promise<Actors> {
  const groupId = await createGroup(database);
  const operator = { role: 'operator' } as const;
  return {
    groupId,
    admin: await signInUser(database, { role: 'admin' }),
    supervisor: await signInUser(database, { role: 'supervisor', supervises: [groupId] }),
    operator: await signInUser(database, { ...operator, groupId, operator: { alias: 'Alisa', phone: '+79990000011' } }),
    otherOperator: await signInUser(database, { ...operator, operator: { alias: 'Boris', phone: '+79990000012' } }),
    customer: await signInCustomer(database),
    otherCustomer: await signInCustomer(database),
    partner: await signInPartner(database),
  };
}
