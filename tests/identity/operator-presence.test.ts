import { sql } from 'kysely';
import { pino } from 'pino';
import { hashPassword } from '../../src/services/identity/passwords.js';
import { startImportWorker } from '../../src/services/integrations/import-worker.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors, createUser } from '../support/sign-ins.js';

const SET = `mutation ($input: SetPresenceInput!) {
  setPresence(input: $input) { user { id presence } errors { code path } } }`;

let product: Product;
let actors: Actors;

beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
});
afterAll(() => product?.stop());

const set = (presence: string, { token }: { token: string }) => product.graphql(SET, { input: { presence } }, token);
const eventsOf = (userId: string) =>
  product.database.rows(sql<{ version: number; data: object }>`
    select subject_version as version, data from feed.event
    where kind = 'user.presence-changed' and subject_id = ${userId} order by position`);

describe('presence', () => {
  it('is what an employee says of themselves, and an event for who gives inquiries out', async () => {
    const { userId, operatorId } = actors.operator.actor;
    for (const presence of ['ONLINE', 'AWAY', 'AWAY', 'DO_NOT_DISTURB', 'WORKING', 'OFFLINE']) {
      const { data } = await set(presence, actors.operator);
      expect(data.setPresence).toEqual({ user: { id: encodeId('User', userId), presence }, errors: [] });
    }
    const events = await eventsOf(userId);
    expect(events.map(({ version }) => version)).toEqual([2, 3, 4, 5, 6]);
    expect(events[0]!.data).toEqual({ operatorId, groupId: actors.groupId, presence: 'ONLINE' });
  });

  it('is also of who is no operator, and stands in their activity', async () => {
    await set('WORKING', actors.supervisor);
    expect((await eventsOf(actors.supervisor.actor.userId))[0]!.data).toMatchObject({ operatorId: null });
    const { data } = await product.graphql(
      '{ viewer { user { activity(first: 1) { nodes { kind changes { field before after } } } } } }',
      {},
      actors.supervisor.token,
    );
    expect(data.viewer.user.activity.nodes).toEqual([
      { kind: 'USER_PRESENCE_CHANGED', changes: [{ field: 'presence', before: 'OFFLINE', after: 'WORKING' }] },
    ]);
  });

  it('is one of those that there are, and nobody’s who is no employee', async () => {
    expect((await set('ASLEEP', actors.operator)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    for (const who of [actors.customer, actors.partner]) {
      expect((await set('ONLINE', who)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
  });
});

describe('presence and sessions', () => {
  const PASSWORD = 'right horse battery';
  let email: string;
  let userId: string;

  beforeEach(async () => {
    email = `present-${crypto.randomUUID()}@test.example`;
    const passwordHash = await hashPassword(PASSWORD);
    ({ userId } = await createUser(product.database, { role: 'operator', email, passwordHash, operator: {} }));
  });

  interface Session {
    readonly token: string;
    readonly refreshToken: string;
  }

  async function signIn(): Promise<Session> {
    const { data } = await product.graphql(
      'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken refreshToken } } }',
      { input: { email, password: PASSWORD } },
    );
    return { token: data.signIn.session.accessToken, refreshToken: data.signIn.session.refreshToken };
  }

  async function presence(): Promise<string> {
    const [row] = await product.database.rows(sql<{ presence: string }>`
      select presence from app_user where id = ${userId}`);
    return row!.presence;
  }

  const end = (name: 'signOut' | 'signOutEverywhere', { token }: Session) =>
    product.graphql(`mutation { ${name} { endedSessions } }`, {}, token);

  it('begin together, and end with the last session, each by an event', async () => {
    const [here, there] = [await signIn(), await signIn()];
    expect(await presence()).toBe('ONLINE');
    await end('signOut', here);
    expect(await presence()).toBe('ONLINE');
    await end('signOut', there);
    expect(await presence()).toBe('OFFLINE');
    const events = await eventsOf(userId);
    expect(events.map(({ version }) => version)).toEqual([2, 3]);
    const operatorId = expect.any(String);
    expect(events.map(({ data }) => data)).toEqual([
      { operatorId, groupId: null, presence: 'ONLINE' },
      { operatorId, groupId: null, presence: 'OFFLINE' },
    ]);
  });

  it('what was chosen stays over a sign-in, and ends by signing out everywhere', async () => {
    const here = await signIn();
    await set('DO_NOT_DISTURB', here);
    await signIn();
    expect(await presence()).toBe('DO_NOT_DISTURB');
    await end('signOutEverywhere', here);
    expect(await presence()).toBe('OFFLINE');
  });

  it('nobody is there whose last session is revoked', async () => {
    const { refreshToken } = await signIn();
    const refresh = () =>
      product.graphql('mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) { errors { code } } }', {
        input: { refreshToken },
      });
    await refresh();
    expect(await presence()).toBe('ONLINE');
    await refresh();
    expect(await presence()).toBe('OFFLINE');
  });

  it('nobody is there whose last session ran out, once the house was kept', async () => {
    const { database, dataDir } = product;
    await signIn();
    const keepHouse = async () => {
      const logger = pino({ level: 'silent' });
      await (await startImportWorker(database, { directory: dataDir, feedRetentionDays: 7, logger })).stop();
    };
    await keepHouse();
    expect(await presence()).toBe('ONLINE');
    await database.rows(sql`
      update refresh_token set expires_at = now() - interval '1 second'
      where login_id = (select id from login where user_id = ${userId})`);
    await keepHouse();
    expect(await presence()).toBe('OFFLINE');
    expect((await eventsOf(userId)).map(({ version }) => version)).toEqual([2, 3]);
  });
});
