import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { AccessTokens } from '../../src/services/identity/access-tokens.js';
import { hashPassword } from '../../src/services/identity/passwords.js';
import { HeldClock } from '../support/held-clock.js';
import { type Product, startProduct } from '../support/product.js';
import { createUser } from '../support/sign-ins.js';

const PASSWORD = 'right horse battery';
const SESSION = '{ session { accessToken refreshToken } errors { code message path } }';
const ENDED_SESSIONS = '{ endedSessions errors { code message path } }';
const ENDED = {
  code: 'UNAUTHENTICATED',
  message: 'The session has ended. Sign in again.',
  path: ['input', 'refreshToken'],
};

interface Session {
  accessToken: string;
  refreshToken: string;
}

let product: Product;
let passwordHash: string;
let email: string;
let userId: string;
let counter = 0;
const clock = new HeldClock();

beforeAll(async () => {
  [product, passwordHash] = await Promise.all([startProduct({ clock }), hashPassword(PASSWORD)]);
});
afterAll(() => product.stop());
beforeEach(async () => {
  counter += 1;
  email = `session-${counter}@test.example`;
  ({ userId } = await createUser(product.database, { role: 'operator', email, passwordHash }));
});

async function signIn(password = PASSWORD): Promise<Session> {
  const { data } = await product.graphql(`mutation ($input: SignInInput!) { signIn(input: $input) ${SESSION} }`, {
    input: { email, password },
  });
  expect(data.signIn.errors).toEqual([]);
  return data.signIn.session;
}

async function refresh(refreshToken: string) {
  const { data } = await product.graphql(
    `mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) ${SESSION} }`,
    { input: { refreshToken } },
  );
  return data.refreshSession;
}

async function changePassword(token: string, currentPassword: string, newPassword: string) {
  const { data } = await product.graphql(
    `mutation ($input: ChangePasswordInput!) { changePassword(input: $input) ${ENDED_SESSIONS} }`,
    { input: { currentPassword, newPassword } },
    token,
  );
  return data.changePassword;
}

/** Why the graph does not know who sends a token; undefined when it does. */
async function refusalOf({ accessToken }: Session): Promise<string | undefined> {
  const { errors } = await product.graphql('{ viewer { kind } }', {}, accessToken);
  if (errors) expect(errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
  return errors?.[0]?.message;
}

describe('an access token', () => {
  test('holds for 15 minutes, and says that it has expired then', async () => {
    const session = await signIn();
    clock.advance(14 * 60_000);
    expect(await refusalOf(session)).toBeUndefined();
    // A token's instants are whole seconds.
    const { exp } = JSON.parse(Buffer.from(session.accessToken.split('.')[1]!, 'base64url').toString());
    clock.advance(exp * 1_000 - 1 - clock.now().getTime());
    expect(await refusalOf(session)).toBeUndefined();
    // What the process remembers of the actor does not outlive the token.
    clock.advance(1);
    expect(await refusalOf(session)).toBe('The access token has expired.');
  });

  test('that is malformed, of another secret, or no token at all is nobody’s', async () => {
    const session = await signIn();
    const [header, payload] = session.accessToken.split('.');
    const claims = { loginId: '1', sessionId: crypto.randomUUID(), kind: 'user' } as const;
    const foreign = await new AccessTokens('another secret that is long enough').issue(claims, clock.now());
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    for (const accessToken of ['x', `${header}.${payload}.AAAA`, foreign.token, unsigned]) {
      expect(await refusalOf({ ...session, accessToken })).toBe('The access token is not valid.');
    }
    expect(await refusalOf({ ...session, accessToken: 'two words' })).toMatch(/^Send the token as/);
    expect(await refusalOf({ ...session, accessToken: 'swb_nobodys' })).toBe('The partner key is not valid.');
  });

  test('of a user who is deactivated holds no more after two seconds', async () => {
    const session = await signIn();
    expect(await refusalOf(session)).toBeUndefined();
    await product.database.rows(sql`update app_user set active = false where id = ${userId}`);
    clock.advance(2_001);
    expect(await refusalOf(session)).toBe('This user is not active any more.');
    expect((await refresh(session.refreshToken)).errors[0].code).toBe('UNAUTHENTICATED');
  });

  test('costs no statement while its actor is remembered', async () => {
    const { accessToken } = await signIn();
    const { authenticator } = product.server.house;
    const first = await authenticator.authenticate(`Bearer ${accessToken}`);
    expect(await authenticator.authenticate(`Bearer ${accessToken}`)).toBe(first);
    clock.advance(2_001);
    expect(await authenticator.authenticate(`Bearer ${accessToken}`)).not.toBe(first);
  });
});

describe('a refresh token', () => {
  test('is good once, and gives the next one', async () => {
    const first = await signIn();
    const { session: second } = await refresh(first.refreshToken);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(await refusalOf(second)).toBeUndefined();
    const { session: third } = await refresh(second.refreshToken);
    expect(await refusalOf(third)).toBeUndefined();
  });

  test('that is used again ends the whole session, and only that one', async () => {
    const first = await signIn();
    const other = await signIn();
    const { session: second } = await refresh(first.refreshToken);
    const { session: third } = await refresh(second.refreshToken);
    expect(await refresh(first.refreshToken)).toEqual({ session: null, errors: [ENDED] });
    expect(await refresh(third.refreshToken)).toEqual({ session: null, errors: [ENDED] });
    expect(await refusalOf(third)).toBe('The session has ended. Sign in again.');
    expect(await refusalOf(other)).toBeUndefined();
  });

  test('that is used many times at once is good for one of them, and ends the session', async () => {
    const { refreshToken } = await signIn();
    const answers = await Promise.all(Array.from({ length: 6 }, () => refresh(refreshToken)));
    const won = answers.filter(({ session }) => session !== null);
    expect(won).toHaveLength(1);
    expect((await refresh(won[0].session.refreshToken)).session).toBeNull();
    expect(await refusalOf(won[0].session)).toBe('The session has ended. Sign in again.');
  });

  test('that is used while an earlier one is used again leaves nothing alive', async () => {
    for (let round = 0; round < 5; round += 1) {
      const first = await signIn();
      const { session: second } = await refresh(first.refreshToken);
      const [, next] = await Promise.all([refresh(first.refreshToken), refresh(second.refreshToken)]);
      const last = next.session ?? second;
      expect((await refresh(last.refreshToken)).session).toBeNull();
      expect(await refusalOf(last)).toBeDefined();
    }
  });

  test('ends after 30 days, and one that is none was never good', async () => {
    const { refreshToken } = await signIn();
    clock.advance(30 * 24 * 60 * 60_000 + 1_000);
    expect(await refresh(refreshToken)).toEqual({ session: null, errors: [ENDED] });
    expect(await refresh('nonsense')).toEqual({ session: null, errors: [ENDED] });
    expect(await refresh('a\u0000')).toEqual({ session: null, errors: [ENDED] });
    expect((await refresh('\ud800')).errors).toMatchObject([
      { code: 'BAD_USER_INPUT', path: ['input', 'refreshToken'] },
    ]);
  });
});

describe('signing out', () => {
  test('ends this session at once, and no other', async () => {
    const [here, there] = [await signIn(), await signIn()];
    expect(await refusalOf(here)).toBeUndefined();
    const { data } = await product.graphql(`mutation { signOut ${ENDED_SESSIONS} }`, {}, here.accessToken);
    expect(data.signOut).toEqual({ endedSessions: 1, errors: [] });
    expect(await refusalOf(here)).toBe('The session has ended. Sign in again.');
    expect((await refresh(here.refreshToken)).session).toBeNull();
    expect(await refusalOf(there)).toBeUndefined();
  });

  test('everywhere ends every session', async () => {
    const [here, there] = [await signIn(), await signIn()];
    const { data } = await product.graphql(`mutation { signOutEverywhere ${ENDED_SESSIONS} }`, {}, here.accessToken);
    expect(data.signOutEverywhere).toEqual({ endedSessions: 2, errors: [] });
    for (const session of [here, there]) expect(await refusalOf(session)).toBe('The session has ended. Sign in again.');
  });
});

describe('changing the password', () => {
  test('sets another one and ends the other sessions', async () => {
    const [here, there] = [await signIn(), await signIn()];
    const changed = await changePassword(here.accessToken, PASSWORD, 'another horse');
    expect(changed).toEqual({ endedSessions: 1, errors: [] });
    expect(await refusalOf(here)).toBeUndefined();
    expect(await refusalOf(there)).toBeDefined();
    expect(await refusalOf(await signIn('another horse'))).toBeUndefined();
  });

  test('is refused with a wrong current password, which counts, and with a new one that is short or the same', async () => {
    const { accessToken } = await signIn();
    expect((await changePassword(accessToken, PASSWORD, 'short')).errors[0].path).toEqual(['input', 'newPassword']);
    expect((await changePassword(accessToken, PASSWORD, PASSWORD)).errors[0].path).toEqual(['input', 'newPassword']);
    const halves = await changePassword(accessToken, '\ud800', '\udc00 horse battery');
    expect(halves.errors.map(({ path }: { path: string[] }) => path[1])).toEqual(['currentPassword', 'newPassword']);
    for (let failure = 1; failure <= 5; failure += 1) {
      const { errors } = await changePassword(accessToken, 'wrong', 'another horse');
      expect(errors[0]).toMatchObject({ code: 'BAD_USER_INPUT', path: ['input', 'currentPassword'] });
    }
    expect((await changePassword(accessToken, PASSWORD, 'another horse')).errors[0].code).toBe('RATE_LIMITED');
  });
});
