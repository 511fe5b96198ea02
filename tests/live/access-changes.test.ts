import { type RawBuilder, sql } from 'kysely';
import { Client } from 'pg';
import { type AccessChange, accessChanged, concerns } from '../../src/services/identity/access-changes.js';
import { openSession } from '../../src/services/identity/open-session.js';
import { refreshSession } from '../../src/services/identity/refresh-session.js';
import { registerOperator } from '../../src/services/identity/register-operator.js';
import { type Actor, systemActor } from '../../src/services/shared/access/actor.js';
import type { FeedEvent } from '../../src/services/shared/events/event.js';
import { FeedLog } from '../../src/services/shared/events/feed-log.js';
import { type Filled, openDatabase } from '../support/fill-database.js';
import { createCustomerLogin, createGroup, createUser } from '../support/sign-ins.js';
import { untilReadable } from '../support/until-readable.js';

const ACTOR = systemActor('test');
const PROFILE = { alias: 'Desk', maxLoad: 5, schedule: null };

let opened: Filled;
let signals: Client;
let heard = 0;
let userId: string;
let otherUserId: string;
let loginId: string;
let customerId: string;
let customerLoginId: string;
let groupId: string;
let partnerKeyId: string;
let position: { xid: bigint; position: bigint };

beforeAll(async () => {
  opened = await openDatabase();
  signals = new Client({ connectionString: opened.url });
  await signals.connect();
  await signals.query('listen feed');
  signals.on('notification', () => {
    heard += 1;
  });
});
afterAll(async () => {
  await signals.end();
  await opened.close();
});

const run = (statement: RawBuilder<unknown>) => opened.database.rows(statement);

beforeEach(async () => {
  const { database } = opened;
  ({ userId, loginId } = await createUser(database, { role: 'operator', operator: {} }));
  ({ userId: otherUserId } = await createUser(database, { role: 'supervisor' }));
  ({ customerId, loginId: customerLoginId } = await createCustomerLogin(database));
  groupId = await createGroup(database);
  const [key] = await database.rows(sql<{ id: string }>`
    insert into partner_key (name, token_hash, scopes) values ('Partner', gen_random_uuid()::text, '{webhooks}') returning id`);
  partnerKeyId = key!.id;
  await told();
});

/** The changes that the log tells of since the last call, each with what it has only; and the transactions' ids. */
async function told(): Promise<Record<string, string[]>[]> {
  const log = new FeedLog(opened.database);
  await untilReadable(opened.database);
  const { events } = await log.after(position ?? { xid: 0n, position: 0n }, 1_000);
  position = events.at(-1) ?? position;
  return events.flatMap((event) => {
    const change = accessChanged(event);
    return change ? [present(change)] : [];
  });
}

function present(change: AccessChange): Record<string, string[]> {
  const named = Object.entries(change) as [string, ReadonlySet<string>][];
  return Object.fromEntries(named.filter(([, names]) => names.size > 0).map(([key, names]) => [key, [...names]]));
}

/** A session of a login, with its only refresh token. */
async function session(login = loginId): Promise<{ sessionId: string; refreshToken: string }> {
  const { claims, refreshToken } = await openSession(opened.database, { loginId: login, kind: 'user' }, new Date());
  return { sessionId: claims.sessionId, refreshToken };
}

describe('the log tells whose rights changed', () => {
  it('when a user is deactivated, gets another role, or is deleted', async () => {
    await run(sql`update app_user set active = false where id = ${userId}`);
    expect(await told()).toEqual([{ users: [userId] }]);
    await run(sql`update app_user set role_id = (select id from role where name = 'admin') where id = ${otherUserId}`);
    expect(await told()).toEqual([{ users: [otherUserId] }]);
    await run(sql`delete from login where user_id = ${otherUserId}`);
    expect(await told()).toEqual([{ users: [otherUserId] }]);
    await run(sql`delete from app_user where id = ${otherUserId}`);
    expect(await told()).toEqual([{ users: [otherUserId] }]);
  });

  it('when a role gets other permissions or another name', async () => {
    await run(sql`insert into role (name, permissions) values ('clerk', '{}')`);
    expect(await told()).toEqual([]);
    await run(sql`update role set permissions = array['calls.read'] where name = 'clerk'`);
    expect(await told()).toEqual([{ roles: ['clerk'] }]);
    await run(sql`update role set name = 'archivist' where name = 'clerk'`);
    expect(await told()).toEqual([{ roles: ['archivist', 'clerk'] }]);
  });

  it('when an operator’s profile comes, goes to another user, or goes', async () => {
    await run(sql`update operator set user_id = ${otherUserId} where user_id = ${userId}`);
    expect(await told()).toEqual([{ users: [userId, otherUserId].sort() }]);
    await run(sql`delete from operator where user_id = ${otherUserId}`);
    expect(await told()).toEqual([{ users: [otherUserId] }]);
    await run(sql`insert into operator (user_id, alias, max_load, skills) values (${userId}, 'x', 1, '{}')`);
    expect(await told()).toEqual([{ users: [userId] }]);
  });

  it('when somebody comes to answer for a group, or does not any more', async () => {
    await run(sql`insert into group_supervision (supervisor_id, group_id) values (${userId}, ${groupId})`);
    expect(await told()).toEqual([{ users: [userId] }]);
    await run(sql`update group_supervision set supervisor_id = ${otherUserId} where group_id = ${groupId}`);
    expect(await told()).toEqual([{ users: [userId, otherUserId].sort() }]);
    await run(sql`truncate group_supervision`);
    expect(await told()).toEqual([{ users: [otherUserId] }]);
  });

  it('when a customer is closed or opened again, and of no other state', async () => {
    await run(sql`update customer set status = 'SUSPENDED' where id = ${customerId}`);
    expect(await told()).toEqual([]);
    await run(sql`update customer set status = 'CLOSED' where id = ${customerId}`);
    expect(await told()).toEqual([{ customers: [customerId] }]);
    await run(sql`update customer set status = 'ACTIVE' where id = ${customerId}`);
    expect(await told()).toEqual([{ customers: [customerId] }]);
  });

  it('when a login goes over to another owner', async () => {
    await run(sql`delete from login where user_id = ${otherUserId}`);
    await told();
    await run(sql`update login set customer_id = null, user_id = ${otherUserId} where id = ${customerLoginId}`);
    expect(await told()).toEqual(expect.arrayContaining([{ users: [otherUserId] }, { customers: [customerId] }]));
  });

  it('when a partner’s key is revoked, gets other scopes, or is deleted', async () => {
    await run(sql`update partner_key set scopes = '{}' where id = ${partnerKeyId}`);
    expect(await told()).toEqual([{ partnerKeys: [partnerKeyId] }]);
    await run(sql`update partner_key set revoked_at = now() where id = ${partnerKeyId}`);
    expect(await told()).toEqual([{ partnerKeys: [partnerKeyId] }]);
    await run(sql`delete from partner_key where id = ${partnerKeyId}`);
    expect(await told()).toEqual([{ partnerKeys: [partnerKeyId] }]);
  });

  it('of many rows in one event for a thousand', async () => {
    await run(sql`
      insert into app_user (last_name, first_name, role_id)
      select 'Many', 'X', r.id from role r, generate_series(1, 1500) where r.name = 'operator'`);
    await run(sql`
      insert into operator (user_id, alias, max_load, skills)
      select id, 'Many', 1, '{}' from app_user where last_name = 'Many'`);
    expect((await told()).map(({ users }) => users!.length)).toEqual([1000, 500]);
    await run(sql`update app_user set active = false where last_name = 'Many'`);
    expect((await told()).map(({ users }) => users!.length)).toEqual([1000, 500]);
  });
});

describe('the log tells that a session ended', () => {
  it.each([
    ['revoked', sql`update refresh_token set revoked_at = now() where family =`],
    ['deleted', sql`delete from refresh_token where family =`],
    ['made to expire', sql`update refresh_token set expires_at = now() where family =`],
    ['used up with none after it', sql`update refresh_token set used_at = now() where family =`],
  ])('when its token is %s', async (_, statement) => {
    const { sessionId } = await session();
    expect(await told()).toEqual([]);
    await run(sql`${statement} ${sessionId}::uuid`);
    expect(await told()).toEqual([{ sessions: [sessionId] }]);
  });

  it('when all tokens go at once', async () => {
    const first = await session();
    const second = await session(customerLoginId);
    await run(sql`truncate refresh_token`);
    const sessions = (await told()).flatMap((change) => change.sessions!);
    expect(sessions).toEqual(expect.arrayContaining([first.sessionId, second.sessionId]));
  });

  it('not when it is gone on with, and then when its used token is used again', async () => {
    const { sessionId, refreshToken } = await session();
    await opened.database.transact(ACTOR, (work) => refreshSession(work, { refreshToken }));
    expect(await told()).toEqual([]);
    await opened.database.transact(ACTOR, (work) => refreshSession(work, { refreshToken }));
    expect(await told()).toEqual([{ sessions: [sessionId] }]);
    await opened.database.transact(ACTOR, (work) => refreshSession(work, { refreshToken }));
    expect(await told()).toEqual([]);
  });

  it('not when one that had ended, or expired, is cleared away', async () => {
    const { sessionId } = await session();
    await run(sql`update refresh_token set revoked_at = now() where family = ${sessionId}::uuid`);
    await run(sql`
      insert into refresh_token (login_id, family, token_hash, expires_at)
      values (${loginId}, gen_random_uuid(), gen_random_uuid()::text, now() - interval '40 days')`);
    await told();
    await run(sql`delete from refresh_token where login_id = ${loginId}`);
    expect(await told()).toEqual([]);
  });
});

describe('the log tells nothing', () => {
  it.each([
    ['another name', () => sql`update app_user set last_name = 'Other', last_login_at = now() where id = ${userId}`],
    ['the same again', () => sql`update app_user set active = active, role_id = role_id`],
    ['another alias', () => sql`update operator set alias = 'Other', active = false where user_id = ${userId}`],
    ['a customer’s name', () => sql`update customer set name = 'Other', version = version + 1`],
    ['a password', () => sql`update login set password_hash = 'x' where id = ${loginId}`],
    ['a key’s name', () => sql`update partner_key set name = 'Other' where id = ${partnerKeyId}`],
    ['a new customer', () => sql`insert into customer (name) values ('New')`],
  ])('of %s', async (_, statement) => {
    await run(statement());
    expect(await told()).toEqual([]);
  });

  it('of a user who is new, with a profile and an invitation', async () => {
    await opened.database.transact(ACTOR, (work) =>
      registerOperator(work, { ...PROFILE, fullName: 'Nova Anna', email: 'nova@test.example', phone: '+79990000077' }),
    );
    expect(await told()).toEqual([]);
  });

  it('but tells of a profile for a user who has signed in, though the same transaction changed the user', async () => {
    await session();
    await run(sql`delete from operator where user_id = ${userId}`);
    await told();
    await opened.database.transact(ACTOR, async (work) => {
      await work.rows(sql`update app_user set last_name = 'Other' where id = ${userId}`);
      await work.rows(sql`insert into operator (user_id, alias, max_load, skills) values (${userId}, 'x', 1, '{}')`);
    });
    expect(await told()).toEqual([{ users: [userId] }]);
  });
});

describe('a change of rights', () => {
  it('is in the log with its transaction or not at all, and is signalled at its commit', async () => {
    const failed = opened.database.transact(ACTOR, async (work) => {
      await work.rows(sql`update app_user set active = false where id = ${userId}`);
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await told()).toEqual([]);
    await signals.query('select');
    heard = 0;
    const own = await opened.database.transact(ACTOR, async (work) => {
      await work.rows(sql`update app_user set active = false where id = ${userId}`);
      const [row] = await work.rows(sql<{ xid: string }>`select pg_current_xact_id()::text as xid`);
      return BigInt(row!.xid);
    });
    expect(await told()).toEqual([{ users: [userId] }]);
    expect(position.xid).toBe(own);
    await signals.query('select');
    expect(heard).toBe(1);
  });

  it('concerns whom it names, by user, role, session, customer or key', () => {
    const change = (data: Record<string, unknown>) =>
      accessChanged({ kind: 'access.changed', data } as unknown as FeedEvent)!;
    const permissions = new Set<never>();
    const user = { kind: 'user', userId: '1', role: 'clerk', sessionId: 's', permissions } as unknown as Actor;
    const customer = { kind: 'customer', customerId: '1', sessionId: 't', permissions } as unknown as Actor;
    const partner = { kind: 'partner', partnerKeyId: '1', permissions } as unknown as Actor;
    const concerned = (data: Record<string, unknown>) =>
      [user, customer, partner, ACTOR].map((actor) => concerns(change(data), actor));
    expect(concerned({ users: ['1'] })).toEqual([true, false, false, false]);
    expect(concerned({ roles: ['clerk'] })).toEqual([true, false, false, false]);
    expect(concerned({ sessions: ['s'] })).toEqual([true, false, false, false]);
    expect(concerned({ sessions: ['t'] })).toEqual([false, true, false, false]);
    expect(concerned({ customers: ['1'] })).toEqual([false, true, false, false]);
    expect(concerned({ partnerKeys: ['1'] })).toEqual([false, false, true, false]);
    expect(concerned({ users: ['2'], roles: ['admin'], customers: ['2'], partnerKeys: ['2'] })).not.toContain(true);
    expect(accessChanged({ kind: 'call.recorded', data: { users: ['1'] } } as unknown as FeedEvent)).toBeUndefined();
  });
});
