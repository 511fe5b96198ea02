import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { WebSocket } from 'ws';
import { CallStatus } from '../../src/entities/calls/call-status.enum.js';
import { recordCalls } from '../../src/services/calls/record-calls.js';
import { AccessTokens } from '../../src/services/identity/access-tokens.js';
import { type Actor, systemActor, type UserActor } from '../../src/services/shared/access/actor.js';
import { HeldClock } from '../support/held-clock.js';
import { until } from '../support/load-process.js';
import { type Product, startProduct } from '../support/product.js';
import {
  createGroup,
  type SignedIn,
  signInCustomer,
  signInPartner,
  signInUser,
  TEST_JWT_SECRET,
} from '../support/sign-ins.js';
import { type Subscriber, subscribe, untilNobodyListens } from '../support/subscribe.js';
import { msisdnOf, publishTestTariff, registerTestSubscriber } from '../support/subscribers.js';

interface FeedData {
  callFeed: { call: { durationSeconds: number } | null };
}

const FEED = 'subscription { callFeed { call { durationSeconds } } }';
/** Long enough to connect, subscribe and ping in, on a busy machine. */
const TOKEN_SECONDS = 6;

let product: Product;
let customerId: string;
let groupId: string;
let operatorPhone: string;
let serial = 0;
let phones = 0;
const open: Subscriber<FeedData>[] = [];

const follow = async ({ token }: Pick<SignedIn<Actor>, 'token'>) => {
  const subscriber = await subscribe<FeedData>(product, FEED, { token });
  open.push(subscriber);
  return subscriber;
};
const record = async (count = 1) => {
  const seconds: number[] = [];
  await product.database.transact(systemActor('test'), async (work) => {
    const calls = Array.from({ length: count }, () => {
      serial += 1;
      seconds.push(serial);
      const id = { exchange: 'test', externalId: `call-${serial}` };
      const parties = { caller: msisdnOf(1), called: operatorPhone };
      return { ...id, ...parties, status: CallStatus.COMPLETED, startedAt: new Date(), durationSeconds: serial };
    });
    await recordCalls(work, calls);
  });
  return seconds;
};
const seen = ({ events }: Subscriber<FeedData>) => events.map(({ callFeed }) => callFeed.call?.durationSeconds ?? null);
/** Does something that must end a quiet stream, and says how it was closed. */
async function closedBy(subscriber: Subscriber<FeedData>, change: () => Promise<unknown>): Promise<number | undefined> {
  await change();
  await subscriber.untilEnded();
  return subscriber.closeCode();
}
const run = (statement: ReturnType<typeof sql>) => product.database.rows(statement);

beforeAll(async () => {
  // What a process remembers of rights never runs out here: it is forgotten for the change, or not at all.
  product = await startProduct({ clock: new HeldClock() });
  const tariff = await publishTestTariff(product.database);
  ({ customerId } = await registerTestSubscriber(product.database, 1, tariff));
});
beforeEach(async () => {
  groupId = await createGroup(product.database);
  phones += 1;
  operatorPhone = `+7999000${String(phones).padStart(4, '0')}`;
  await signInUser(product.database, { role: 'operator', groupId, operator: { phone: operatorPhone } });
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((subscriber) => subscriber.stop()));
  await untilNobodyListens(product);
});
afterAll(() => product.stop());

describe('a stream whose listener’s rights change', () => {
  it('ends at once, though nothing happens: a deactivated user, a revoked session, a revoked key, a closed customer', async () => {
    const user = await signInUser(product.database, { role: 'admin' });
    const other = await signInUser(product.database, { role: 'admin' });
    const partner = await signInPartner(product.database);
    const customer = await signInCustomer(product.database, customerId);
    const changes: [{ token: string }, ReturnType<typeof sql>][] = [
      [user, sql`update app_user set active = false where id = ${user.actor.userId}`],
      [other, sql`update refresh_token set revoked_at = now() where family = ${other.actor.sessionId}::uuid`],
      [partner, sql`update partner_key set revoked_at = now() where id = ${partner.actor.partnerKeyId}`],
      [customer, sql`update customer set status = 'CLOSED' where id = ${customerId}`],
    ];
    for (const [who, change] of changes) {
      const stream = await follow(who);
      expect(await closedBy(stream, () => run(change))).toBe(4401);
    }
    await run(sql`update customer set status = 'ACTIVE' where id = ${customerId}`);
  });

  it('ends with FORBIDDEN where the role may not follow any more, and the socket stays', async () => {
    const { token, actor } = await signInUser(product.database, { role: 'admin' });
    const stream = await follow({ token });
    await run(sql`insert into role (name, permissions) values ('nothing', '{}') on conflict do nothing`);
    await run(
      sql`update app_user set role_id = (select id from role where name = 'nothing') where id = ${actor.userId}`,
    );
    await stream.untilEnded();
    // The client itself lets a socket go that it needs no more.
    expect([undefined, 1000]).toContain(stream.closeCode());
    expect(stream.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('shows what was recorded before the change, and nothing of what was recorded after it', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { token, actor } = await signInUser(product.database, { role: 'supervisor', supervises: [groupId] });
      const stream = await follow({ token });
      const fence = await follow(await signInUser(product.database, { role: 'admin' }));
      // Rights are read anew at each change that the log tells of: that of the sign-in is to be behind us.
      const first = await record(1);
      await Promise.all([stream.until(1), fence.until(1)]);
      const before = [...first, ...(await record(20))];
      await run(sql`delete from group_supervision where supervisor_id = ${actor.userId}`);
      const after = await record(20);
      await fence.until(41);
      expect(seen(fence)).toEqual([...before, ...after]);
      await stream.until(21);
      expect(seen(stream)).toEqual(before);
      await run(sql`insert into group_supervision (supervisor_id, group_id) values (${actor.userId}, ${groupId})`);
      const again = await record(1);
      await stream.until(22);
      expect(seen(stream)).toEqual([...before, ...again]);
      await Promise.all([stream.stop(), fence.stop()]);
    }
  });

  it('shows the fields of an event as the rights of its moment have it', async () => {
    const name = `watcher-${Date.now()}`;
    await run(sql`insert into role (name, permissions)
      select ${name}, permissions from role where name = 'admin'`);
    const { token, actor } = await signInUser(product.database, { role: 'admin' });
    await run(sql`update app_user set role_id = (select id from role where name = ${name}) where id = ${actor.userId}`);
    const stream = await follow({ token });
    // Rights are read anew at each change that the log tells of: that of the role is to be behind us.
    const [first] = await record(1);
    await stream.until(1);
    const [shown] = await record(1);
    await run(sql`update role set permissions = array_remove(permissions, 'calls.read') where name = ${name}`);
    await record(1);
    // Whoever is asked again is shown by what holds by then, if rights are given back meanwhile.
    await stream.until(3);
    await run(sql`update role set permissions = array_append(permissions, 'calls.read') where name = ${name}`);
    const [again] = await record(1);
    await stream.until(4);
    expect(seen(stream)).toEqual([first, shown, null, again]);
  });
});

describe('the token of an open socket', () => {
  const issue = async ({ actor }: SignedIn<UserActor>, seconds: number) => {
    const now = Date.now() - 15 * 60_000 + seconds * 1_000;
    const claims = { loginId: actor.loginId, sessionId: actor.sessionId, kind: 'user' } as const;
    return (await new AccessTokens(TEST_JWT_SECRET).issue(claims, new Date(now))).token;
  };
  const connect = async (token: string) => {
    const socket = new WebSocket(product.socketUrl, 'graphql-transport-ws');
    const messages: { type: string; payload?: Record<string, unknown> }[] = [];
    let code: number | undefined;
    socket.on('message', (data) => messages.push(JSON.parse(String(data))));
    socket.on('close', (closed) => {
      code = closed;
    });
    await once(socket, 'open');
    const say = (message: object) => socket.send(JSON.stringify(message));
    say({ type: 'connection_init', payload: { Authorization: `Bearer ${token}` } });
    await until(async () => messages.length > 0, 'the acknowledgement');
    say({ type: 'subscribe', id: 'feed', payload: { query: FEED } });
    await until(async () => product.server.hub.subscriptions > 0, 'the subscription');
    return {
      ping: (payload: object) => say({ type: 'ping', payload }),
      pongs: () => messages.filter(({ type }) => type === 'pong').map(({ payload }) => payload),
      nexts: () => messages.filter(({ type }) => type === 'next').length,
      code: () => code,
      close: () => socket.close(),
    };
  };

  it('ends the stream when it ends', async () => {
    const admin = await signInUser(product.database, { role: 'admin' });
    const socket = await connect(await issue(admin, TOKEN_SECONDS));
    await until(async () => socket.code() !== undefined, 'the end of the token');
    expect(socket.code()).toBe(4401);
  });

  it('can be renewed by a ping, which its stream outlives', async () => {
    const admin = await signInUser(product.database, { role: 'admin' });
    const endsAt = Date.now() + TOKEN_SECONDS * 1_000;
    const socket = await connect(await issue(admin, TOKEN_SECONDS));
    socket.ping({ authorization: `Bearer ${admin.token}` });
    await until(async () => socket.pongs().length === 1, 'the pong');
    expect(socket.pongs()).toEqual([{ renewed: true, expiresAt: expect.stringMatching(/^\d{4}-.*Z$/) }]);
    await sleep(endsAt + 1_000 - Date.now());
    await record(1);
    await until(async () => socket.nexts() === 1, 'a call');
    expect(socket.code()).toBeUndefined();
    socket.close();
  });

  it('cannot become that of somebody else, nor one that does not hold', async () => {
    const admin = await signInUser(product.database, { role: 'admin' });
    const other = await signInUser(product.database, { role: 'admin' });
    for (const [authorization, code] of [
      [`Bearer ${other.token}`, 4403],
      ['Bearer nonsense', 4401],
    ] as const) {
      const socket = await connect(admin.token);
      socket.ping({ authorization });
      await until(async () => socket.code() !== undefined, 'the end of the socket');
      expect(socket.code()).toBe(code);
      expect(socket.pongs().filter((payload) => payload?.renewed)).toEqual([]);
      await untilNobodyListens(product);
    }
  });
});
