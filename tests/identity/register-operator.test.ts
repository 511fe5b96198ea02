import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import {
  createDemoSignIns,
  DEMO_EMAILS,
  DEMO_PARTNER_KEY,
  DEMO_PASSWORD,
} from '../../src/services/demo/create-demo-sign-ins.js';
import { ensureFirstAdmin } from '../../src/services/identity/ensure-first-admin.js';
import { type RegisterOperator, registerOperator } from '../../src/services/identity/register-operator.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { Refusal } from '../../src/services/shared/errors/refusal.js';
import { type Product, startProduct } from '../support/product.js';
import { createCustomerLogin, signInUser } from '../support/sign-ins.js';

const SEPTEMBER = new Date('2026-08-31T21:00:00Z');
const OCTOBER = new Date('2026-09-30T21:00:00Z');

let product: Product;
let counter = 0;

beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.stop());

const register = (input: RegisterOperator) =>
  product.database.transact(systemActor('test'), (work) => registerOperator(work, input));

function someOperator(changes: Partial<RegisterOperator> = {}): RegisterOperator {
  counter += 1;
  return {
    alias: 'Алиса',
    fullName: 'Ушаков Алиса Петровна',
    email: `operator-${counter}@test.example`,
    phone: `8(999) 100-00-${String(counter).padStart(2, '0')}`,
    maxLoad: 12,
    schedule: { MON: '08:00-18:00', TUE: '16:00-24:00', SUN: null },
    validFrom: SEPTEMBER,
    ...changes,
  };
}

async function refusalOf(input: unknown) {
  const refused = await register(input as RegisterOperator).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Refusal);
  return (refused as Refusal).errors;
}

const holdings = (operatorId: string) =>
  product.database.rows(
    sql<{ msisdn: string; held_from: string; held_until: string | null }>`
      select msisdn, held_from, held_until from number_holding where operator_id = ${operatorId} order by id`,
  );

const counts = async () =>
  (
    await product.database.rows(sql<object>`
      select (select count(*) from app_user) as users, (select count(*) from login) as logins,
        (select count(*) from operator) as operators, (select count(*) from number_holding) as holdings,
        (select count(*) from invitation) as invitations, (select count(*) from partner_key) as keys,
        (select count(*) from user_group) as groups, (select count(*) from group_supervision) as supervisions`)
  )[0];

describe('registering an operator', () => {
  test('makes user, login, profile, number and invitation; the same again changes nothing', async () => {
    const input = someOperator();
    const first = await register(input);
    expect(first).toMatchObject({ outcome: 'created', invitationOpen: true });
    const before = await counts();
    const again = await register({ ...input, email: input.email.toUpperCase(), phone: input.phone.replace('8', '+7') });
    expect(first.invitation?.token).toMatch(/^.{40,}$/);
    expect(again).toEqual({ ...first, outcome: 'unchanged', invitation: null });
    expect(await counts()).toEqual(before);
    const [user] = await product.database.rows(sql<object>`
      select u.last_name, u.first_name, u.patronymic, r.name as role, l.password_hash
      from app_user u join role r on r.id = u.role_id join login l on l.user_id = u.id where u.id = ${first.userId}`);
    expect(user).toEqual({
      last_name: 'Ушаков',
      first_name: 'Алиса',
      patronymic: 'Петровна',
      role: 'operator',
      password_hash: null,
    });
    const held = await holdings(first.operatorId);
    expect(held).toHaveLength(1);
    expect(new Date(held[0]!.held_from)).toEqual(SEPTEMBER);
  });

  test('brings one who is known up to date', async () => {
    const input = someOperator();
    const { operatorId } = await register(input);
    const changes = [{ alias: 'Алина' }, { maxLoad: 3 }, { schedule: null }, { fullName: 'Ушакова Алиса' }];
    for (const change of changes) expect((await register({ ...input, ...change })).outcome).toBe('updated');
    const { phone } = someOperator();
    expect((await register({ ...input, fullName: 'Ушакова Алиса', phone, validFrom: OCTOBER })).outcome).toBe(
      'updated',
    );
    const held = await holdings(operatorId);
    expect(held.map(({ held_until }) => held_until && new Date(held_until))).toEqual([OCTOBER, null]);
  });

  test('at the same time, twice, makes one', async () => {
    const input = someOperator();
    const both = await Promise.all([register(input), register(input)]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['created', 'unchanged']);
    expect(both[0].operatorId).toBe(both[1].operatorId);
  });

  test('refuses a number that somebody else holds, and leaves nothing behind', async () => {
    const { phone } = someOperator();
    await register(someOperator({ phone }));
    const before = await counts();
    expect(await refusalOf(someOperator({ phone }))).toEqual([
      { code: 'CONFLICT', message: 'Somebody else holds this number.', path: ['input', 'phone'] },
    ]);
    expect(await counts()).toEqual(before);
  });

  test('refuses a new number from before the present one began', async () => {
    const input = someOperator();
    await register(input);
    const { phone } = someOperator();
    expect((await refusalOf({ ...input, phone }))[0]).toMatchObject({
      code: 'BAD_USER_INPUT',
      path: ['input', 'validFrom'],
    });
  });

  test('refuses a number from a day to come', async () => {
    const [fault] = await refusalOf(someOperator({ validFrom: new Date('2199-01-01T00:00:00Z') }));
    expect(fault).toMatchObject({ code: 'BAD_USER_INPUT', path: ['input', 'validFrom'] });
  });

  test('refuses the e-mail of a customer', async () => {
    await createCustomerLogin(product.database, { email: 'Taken@test.example' });
    expect(await refusalOf(someOperator({ email: 'taken@test.example' }))).toMatchObject([
      { code: 'CONFLICT', path: ['input', 'email'] },
    ]);
  });

  test('names every field that is wrong', async () => {
    const errors = await refusalOf({
      alias: ' ',
      fullName: 'Ушаков',
      email: 'nobody',
      phone: '1234567',
      maxLoad: -1.5,
      schedule: { MON: '18:00-08:00', TUE: '8-18', WED: '08:00-24:01', THU: '00:00-24:00' },
    });
    expect(new Set(errors.map(({ path }) => path.slice(1).join('.')))).toEqual(
      new Set(['alias', 'fullName', 'email', 'phone', 'maxLoad', 'schedule.MON', 'schedule.TUE', 'schedule.WED']),
    );
  });
});

describe('an invitation', () => {
  const ACCEPT = `mutation ($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) { session { accessToken } errors { code path } } }`;
  const RENEW = `mutation ($input: RenewInvitationInput!) {
    renewInvitation(input: $input) { invitation { token expiresAt } errors { code path } } }`;

  test('is renewed by an admin, works once, and sets the first password', async () => {
    const { email } = someOperator();
    await register(someOperator({ email }));
    const admin = await signInUser(product.database, { role: 'admin' });
    const { data: found } = await product.graphql(
      'query ($email: String!) { users(filter: { email: $email }) { nodes { id } } }',
      { email },
      admin.token,
    );
    const renew = async () =>
      (await product.graphql(RENEW, { input: { userId: found.users.nodes[0].id } }, admin.token)).data.renewInvitation;
    const accept = async (token: string) =>
      (await product.graphql(ACCEPT, { input: { token, password: 'first password' } })).data.acceptInvitation;
    const [withdrawn, open] = [await renew(), await renew()];
    const none = { session: null, errors: [{ code: 'NOT_FOUND', path: ['input', 'token'] }] };
    expect(await accept(withdrawn.invitation.token)).toEqual(none);
    const answers = await Promise.all([accept(open.invitation.token), accept(open.invitation.token)]);
    const accepted = answers.filter(({ session }) => session !== null);
    expect(accepted).toHaveLength(1);
    expect(answers).toContainEqual(none);
    const { data } = await product.graphql('{ viewer { user { email } } }', {}, accepted[0].session.accessToken);
    expect(data.viewer.user.email).toBe(email);
    expect(await renew()).toEqual({
      invitation: null,
      errors: [{ code: 'STATE_NOT_ALLOWED', path: ['input', 'userId'] }],
    });
  });
});

describe('the first start', () => {
  const signIn = async (email: string, password: string) =>
    (
      await product.graphql(
        'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } errors { message } } }',
        { input: { email, password } },
      )
    ).data.signIn;

  test('makes the first admin once, however many processes start', async () => {
    const fresh = await startProduct();
    const made = await Promise.all(
      ['one', 'two', 'three'].map((name) =>
        ensureFirstAdmin(fresh.database, { email: `${name}@test.example`, password: 'first password' }),
      ),
    );
    await fresh.stop();
    expect(made.filter(Boolean)).toHaveLength(1);
  });

  test('makes the demo’s sign-ins once', async () => {
    for (const row of [someOperator(), someOperator()]) expect((await register(row)).outcome).toBe('created');
    const { customerId, loginId } = await createCustomerLogin(product.database);
    await product.database.rows(sql`delete from login where id = ${loginId}`);
    const make = () =>
      product.database.transact(systemActor('demo'), (work) =>
        createDemoSignIns(work, { customerId, validFrom: SEPTEMBER }),
      );
    await make();
    const before = await counts();
    await make();
    expect(await counts()).toEqual(before);
    for (const [kind, email] of Object.entries(DEMO_EMAILS)) {
      const { session } = await signIn(email, DEMO_PASSWORD);
      const { data } = await product.graphql('{ viewer { kind role operator { phone } } }', {}, session.accessToken);
      expect(data.viewer.role ?? data.viewer.kind.toLowerCase()).toBe(kind);
      expect(data.viewer.operator?.phone).toBe(kind === 'operator' ? '+79990000001' : undefined);
    }
    const { data } = await product.graphql('{ viewer { kind permissions } }', {}, DEMO_PARTNER_KEY);
    expect(data.viewer.permissions).toContain('calls.record');
    const { session } = await signIn(DEMO_EMAILS.supervisor, DEMO_PASSWORD);
    const { data: seen } = await product.graphql(
      '{ operators(first: 100) { nodes { active } } }',
      {},
      session.accessToken,
    );
    expect(seen.operators.nodes.every(({ active }: { active: boolean | null }) => active)).toBe(true);
  });
});
