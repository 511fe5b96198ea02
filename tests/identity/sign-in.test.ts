import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { hashPassword } from '../../src/services/identity/passwords.js';
import { attemptKey } from '../../src/services/identity/sign-in-attempts.js';
import { MovableClock } from '../support/movable-clock.js';
import { type Product, startProduct } from '../support/product.js';
import { createCustomerLogin, createUser, signInPartner } from '../support/sign-ins.js';

const PASSWORD = 'right horse battery';
const SIGN_IN = `mutation ($input: SignInInput!) {
  signIn(input: $input) {
    session { accessToken refreshToken expiresAt refreshExpiresAt }
    errors { code message path }
  }
}`;
const VIEWER = `{ viewer { kind role permissions user { name email } customer { name } partner { name scopes } } }`;
const WRONG = { code: 'UNAUTHENTICATED', message: 'The e-mail or the password is wrong.', path: ['input'] };

let product: Product;
let passwordHash: string;
const clock = new MovableClock();
let email: string;
let counter = 0;

beforeAll(async () => {
  [product, passwordHash] = await Promise.all([startProduct({ clock }), hashPassword(PASSWORD)]);
});
afterAll(() => product.stop());
beforeEach(() => {
  counter += 1;
  email = `Somebody-${counter}@Test.Example`;
});

async function signIn(password: string, as = email, token?: string) {
  const answer = await product.graphql(SIGN_IN, { input: { email: as, password } }, token);
  expect(answer.errors).toBeUndefined();
  return answer.data.signIn;
}

async function failedAttempts(): Promise<number> {
  const [row] = await product.database.rows(
    sql<{ failures: number }>`select failures from sign_in_attempt where email_hash = ${attemptKey(email)}`,
  );
  return row?.failures ?? 0;
}

describe('a user', () => {
  test('signs in whatever the case of the e-mail, and is known by the token from then on', async () => {
    const { userId } = await createUser(product.database, { role: 'operator', email, passwordHash });
    const { session, errors } = await signIn(PASSWORD, email.toUpperCase());
    expect(errors).toEqual([]);
    expect(new Date(session.expiresAt).getTime() - clock.now().getTime()).toBeLessThanOrEqual(15 * 60_000);
    expect(new Date(session.refreshExpiresAt) > new Date(session.expiresAt)).toBe(true);
    const { data } = await product.graphql(VIEWER, {}, session.accessToken);
    expect(data.viewer).toMatchObject({
      kind: 'USER',
      role: 'operator',
      user: { name: 'Petrova Anna', email },
      customer: null,
      partner: null,
    });
    expect(data.viewer.permissions).toContain('calls.read-own');
    const [user] = await product.database.rows(
      sql<{ last_login_at: string | null }>`select last_login_at from app_user where id = ${userId}`,
    );
    expect(user!.last_login_at).not.toBeNull();
  });

  test('signs in however the domain of the e-mail is written, and attempts for it are counted together', async () => {
    email = `somebody-${counter}@xn--e1afmkfd.xn--p1ai`;
    await createUser(product.database, { role: 'operator', email, passwordHash });
    const asTyped = `Somebody-${counter}@Пример.рф`;
    expect((await signIn('wrong', asTyped)).errors).toEqual([WRONG]);
    expect(await failedAttempts()).toBe(1);
    expect((await signIn(PASSWORD, asTyped)).errors).toEqual([]);
  });

  test('gets the same words for a wrong password, an unknown e-mail and an open invitation', async () => {
    await createUser(product.database, { role: 'operator', email, passwordHash });
    await createUser(product.database, { role: 'operator', email: `invited-${email}` });
    for (const as of [email, `unknown-${email}`, `invited-${email}`]) {
      const { session, errors } = await signIn('wrong horse battery', as);
      expect(session).toBeNull();
      expect(errors).toEqual([WRONG]);
    }
  });

  test('who is not active cannot sign in', async () => {
    await createUser(product.database, { role: 'operator', email, passwordHash, active: false });
    const { session, errors } = await signIn(PASSWORD);
    expect(session).toBeNull();
    expect(errors).toEqual([
      { code: 'UNAUTHENTICATED', message: 'This user is not active any more.', path: ['input'] },
    ]);
  });

  test('signs in with a header that does not hold any more', async () => {
    await createUser(product.database, { role: 'operator', email, passwordHash });
    expect((await signIn(PASSWORD, email, 'stale')).session).not.toBeNull();
  });

  test('is told which field is missing', async () => {
    const { session, errors } = await signIn('', ' ');
    expect(session).toBeNull();
    expect(errors).toEqual([
      { code: 'BAD_USER_INPUT', message: 'must not be empty', path: ['input', 'email'] },
      { code: 'BAD_USER_INPUT', message: 'must not be empty', path: ['input', 'password'] },
    ]);
  });
});

describe('wrong passwords', () => {
  test('make everybody wait, then lock, and the lock ends by itself', async () => {
    await createUser(product.database, { role: 'operator', email, passwordHash });
    for (let failure = 1; failure <= 5; failure += 1) expect((await signIn('wrong')).errors).toEqual([WRONG]);
    const soon = await signIn(PASSWORD);
    expect(soon.session).toBeNull();
    expect(soon.errors[0]).toMatchObject({ code: 'RATE_LIMITED', path: ['input'] });
    for (let failure = 6; failure <= 10; failure += 1) {
      clock.advance(20_000);
      expect((await signIn('wrong')).errors).toEqual([WRONG]);
    }
    clock.advance(14 * 60_000);
    const locked = await signIn(PASSWORD);
    expect(locked.session).toBeNull();
    const until = /after (\S+Z)\./.exec(locked.errors[0].message)![1]!;
    expect(new Date(until).getTime() - clock.now().getTime()).toBeLessThan(60_001);
    clock.advance(60_000);
    expect((await signIn('wrong')).errors).toEqual([WRONG]);
    expect((await signIn(PASSWORD)).session).not.toBeNull();
    expect(await failedAttempts()).toBe(0);
  });

  test('are answered alike for an e-mail that is known, invited, nobody’s and no e-mail at all', async () => {
    await createUser(product.database, { role: 'operator', email, passwordHash });
    await createUser(product.database, { role: 'operator', email: `invited-${email}` });
    const answersFor = async (as: string) => {
      const codes: string[] = [];
      for (const pause of [0, 0, 0, 0, 0, 0, 1_100, 0, 2_100, 4_100, 8_100, 16_100, 0, 14 * 60_000, 61_000]) {
        clock.advance(pause);
        codes.push((await signIn('wrong', as)).errors[0].code);
      }
      return codes.join(' ');
    };
    const known = await answersFor(email);
    expect(known).toMatch(
      /^(UNAUTHENTICATED ){5}RATE_LIMITED UNAUTHENTICATED RATE_LIMITED .*RATE_LIMITED UNAUTHENTICATED$/,
    );
    for (const as of [`invited-${email}`, `unknown-${email}`, `a\u0000${counter}@b.c`, `a\ud800${counter}@b.c`]) {
      expect(await answersFor(as)).toBe(known);
    }
  });

  test('at the same time are all counted, and those behind the one that locks learn nothing', async () => {
    await createUser(product.database, { role: 'operator', email, passwordHash });
    const answers = await Promise.all(Array.from({ length: 12 }, () => signIn('wrong')));
    const codes = answers.map(({ errors }) => errors[0].code);
    expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(5);
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(7);
    expect(await failedAttempts()).toBe(5);
    const ofNobody = await Promise.all(Array.from({ length: 12 }, () => signIn('wrong', `nobody-${email}`)));
    expect(ofNobody.filter(({ errors }) => errors[0].code === 'UNAUTHENTICATED')).toHaveLength(5);
  });

  test('right ones at the same time all sign in, each to a session of its own', async () => {
    await createUser(product.database, { role: 'operator', email, passwordHash });
    const answers = await Promise.all(Array.from({ length: 8 }, () => signIn(PASSWORD)));
    expect(new Set(answers.map(({ session }) => session.refreshToken)).size).toBe(8);
  });
});

describe('others than users', () => {
  test('a customer signs in and sees who they are', async () => {
    await createCustomerLogin(product.database, { email, passwordHash });
    const { session } = await signIn(PASSWORD);
    const { data } = await product.graphql(VIEWER, {}, session.accessToken);
    expect(data.viewer).toMatchObject({ kind: 'CUSTOMER', role: null, user: null, customer: { name: 'Ivanova Olga' } });
    expect(data.viewer.permissions).not.toContain('customers.register');
  });

  test('a customer whom we serve no more cannot sign in', async () => {
    const { customerId } = await createCustomerLogin(product.database, { email, passwordHash });
    await product.database.rows(sql`update customer set status = 'CLOSED' where id = ${customerId}`);
    expect((await signIn(PASSWORD)).errors[0].code).toBe('UNAUTHENTICATED');
  });

  test('a customer who is blocked signs in, to see what is owed', async () => {
    const { customerId } = await createCustomerLogin(product.database, { email, passwordHash });
    await product.database.rows(sql`update customer set status = 'BLOCKED' where id = ${customerId}`);
    expect((await signIn(PASSWORD)).session).not.toBeNull();
  });

  test('a partner is who its key says, with what its scopes allow', async () => {
    const { token } = await signInPartner(product.database, ['calls:read', 'customers:write', 'webhooks']);
    const { data } = await product.graphql(VIEWER, {}, token);
    expect(data.viewer).toMatchObject({
      kind: 'PARTNER',
      partner: { scopes: ['calls:read', 'customers:write', 'webhooks'] },
      permissions: ['call-feed.all', 'calls.read', 'customers.change', 'customers.register', 'webhooks.manage'],
    });
  });

  test('nobody gets no viewer', async () => {
    const { errors } = await product.graphql(VIEWER);
    expect(errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
  });
});
