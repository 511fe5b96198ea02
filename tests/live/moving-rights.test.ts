import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { WebSocket } from 'ws';
import { CallStatus } from '../../src/entities/calls/call-status.enum.js';
import { recordCalls } from '../../src/services/calls/record-calls.js';
import { AccessTokens } from '../../src/services/identity/access-tokens.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { until } from '../support/load-process.js';
import { type Product, startProduct } from '../support/product.js';
import { createGroup, signInUser, TEST_JWT_SECRET } from '../support/sign-ins.js';
import { untilNobodyListens } from '../support/subscribe.js';

interface Message {
  readonly id?: string;
  readonly type: string;
  readonly payload?: { data?: { callFeed: { cursor: string; call: { durationSeconds: number } | null } } };
}

const FEED = 'subscription ($after: Cursor) { callFeed(after: $after) { cursor call { durationSeconds } } }';
const PHONE = '+79990000077';

let product: Product;
let groupId: string;
let serial = 0;
const open: WebSocket[] = [];

const run = (statement: ReturnType<typeof sql>) => product.database.rows(statement);
/** Records calls of the group's operator, a transaction each where not told otherwise; their numbers. */
async function record(count: number, together = 1): Promise<number[]> {
  const recorded: number[] = [];
  for (let i = 0; i < count; i += together) {
    const calls = Array.from({ length: together }, () => {
      serial += 1;
      recorded.push(serial);
      const parties = { caller: '+79991112233', called: PHONE, status: CallStatus.COMPLETED };
      return { exchange: 't', externalId: `s${serial}`, ...parties, startedAt: new Date(), durationSeconds: serial };
    });
    await product.database.transact(systemActor('test'), (work) => recordCalls(work, calls));
  }
  return recorded;
}

async function connect(token: string, protocol = 'graphql-transport-ws') {
  const socket = new WebSocket(product.socketUrl, protocol);
  open.push(socket);
  const messages: Message[] = [];
  let code: number | undefined;
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  socket.on('close', (closed) => {
    code = closed;
  });
  await once(socket, 'open');
  const say = (message: object) => socket.send(JSON.stringify(message));
  say({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
  await until(async () => messages.length > 0, 'the acknowledgement');
  return {
    say,
    messages,
    code: () => code,
    follow: (id: string, query = FEED, variables = {}) => say({ id, type: 'subscribe', payload: { query, variables } }),
    seen: (id: string) =>
      messages.flatMap((one) =>
        one.type === 'next' && one.id === id ? [one.payload?.data?.callFeed.call?.durationSeconds] : [],
      ),
  };
}
const level = (count: number) => until(async () => product.server.hub.subscriptions === count, `${count} streams`);
const supervisor = () => signInUser(product.database, { role: 'supervisor', supervises: [groupId] });
const leaveGroup = (userId: string) =>
  run(sql`delete from group_supervision where supervisor_id = ${userId} and group_id = ${groupId}`);

beforeAll(async () => {
  product = await startProduct({ env: { READ_PLANS: 'on', MAX_SUBSCRIPTIONS_PER_USER: '1000' } });
  groupId = await createGroup(product.database);
  await signInUser(product.database, { role: 'operator', groupId, operator: { phone: PHONE } });
});
afterEach(async () => {
  for (const socket of open.splice(0)) socket.terminate();
  await untilNobodyListens(product);
});
afterAll(() => product.stop());

describe('rights that change while a socket is busy', () => {
  it('hold for all of its streams, though another one is being opened meanwhile', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { token, actor } = await supervisor();
      const socket = await connect(token);
      for (let k = 0; k < 90; k += 1)
        socket.follow(`${k}`, `subscription { callFeed { call { r${round}x${k}: id } } }`);
      await level(90);
      await leaveGroup(actor.userId);
      for (let k = 0; k < 3; k += 1) socket.follow(`y${k}`, 'subscription { callFeed { cursor } }');
      await record(10);
      await sleep(300);
      expect(socket.messages.filter(({ type }) => type === 'next')).toEqual([]);
      for (const one of open.splice(0)) one.terminate();
      await untilNobodyListens(product);
    }
  });

  it('lose nothing of what stands before, whatever renews the socket meanwhile', async () => {
    const { token, actor } = await signInUser(product.database, { role: 'admin' });
    const [row] = await product.database.rows(sql<{ family: string }>`
      insert into refresh_token (login_id, family, token_hash, expires_at)
      values (${actor.loginId}, gen_random_uuid(), sha256(random()::text::bytea), now() + interval '1 day')
      returning family`);
    const claims = { loginId: actor.loginId, sessionId: row!.family, kind: 'user' } as const;
    const other = (await new AccessTokens(TEST_JWT_SECRET).issue(claims, new Date())).token;
    const socket = await connect(token);
    socket.follow('1');
    await level(1);
    const writing = record(600, 20);
    for (let k = 0; k < 30; k += 1) {
      socket.say({ type: 'ping', payload: { authorization: `Bearer ${k % 2 ? token : other}` } });
      await sleep(10);
    }
    const recorded = await writing;
    await until(async () => socket.seen('1').length >= recorded.length, 'all calls');
    expect(socket.seen('1')).toEqual(recorded);
  });

  it('hold though the answer to who is there comes late', async () => {
    const keep = await connect((await signInUser(product.database, { role: 'admin' })).token);
    keep.follow('1');
    await level(1);
    const { authenticator } = product.server.house;
    const real = authenticator.authenticate.bind(authenticator);
    for (const way of ['opened', 'renewed']) {
      const { token, actor } = await signInUser(product.database, { role: 'admin' });
      const socket = await connect(token);
      if (way === 'renewed') {
        socket.follow('1');
        await level(2);
      }
      let late = true;
      authenticator.authenticate = async (authorization) => {
        const answer = await real(authorization);
        if (late && authorization?.includes(token)) {
          late = false;
          await sleep(200);
        }
        return answer;
      };
      if (way === 'opened') socket.follow('1');
      else socket.say({ type: 'ping', payload: { authorization: `Bearer ${token}` } });
      await sleep(50);
      await run(
        sql`update app_user set role_id = (select id from role where name = 'operator') where id = ${actor.userId}`,
      );
      await sleep(400);
      authenticator.authenticate = real;
      const after = await record(5);
      await until(async () => keep.seen('1').includes(after.at(-1)), 'the calls at another client');
      expect([way, socket.seen('1')]).toEqual([way, []]);
    }
  });

  it('hold for a client that is catching up, while the hub is held up by others', async () => {
    const { token, actor } = await supervisor();
    const start = (await product.graphql('{ feedCursor }', {}, token)).data.feedCursor;
    await record(3_000, 500);
    const other = await signInUser(product.database, { role: 'admin' });
    const keep = await connect(other.token);
    keep.follow('1');
    await level(1);
    const { authenticator } = product.server.house;
    const real = authenticator.authenticate.bind(authenticator);
    authenticator.authenticate = async (authorization) => {
      if (authorization?.includes(other.token)) await sleep(1_000);
      return real(authorization);
    };
    await run(sql`update operator set user_id = user_id where false`);
    await run(sql`insert into group_supervision (supervisor_id, group_id) values (${other.actor.userId}, ${groupId})`);
    await sleep(100);
    const socket = await connect(token);
    socket.follow('1', FEED, { after: start });
    await leaveGroup(actor.userId);
    const behind = await record(3);
    await until(async () => keep.seen('1').includes(behind.at(-1)), 'the calls at another client');
    authenticator.authenticate = real;
    await sleep(300);
    expect(socket.seen('1').filter((one) => behind.includes(one!))).toEqual([]);
  });
});

describe('a socket', () => {
  it('with many streams gets a burst for each, and so when it comes back', async () => {
    const { token } = await signInUser(product.database, { role: 'admin' });
    const cursor = (await product.graphql('{ feedCursor }', {}, token)).data.feedCursor;
    const socket = await connect(token);
    const ids = Array.from({ length: 50 }, (_, k) => `s${k}`);
    for (const id of ids) socket.follow(id);
    await level(50);
    const recorded = await record(500, 500);
    await until(async () => ids.every((id) => socket.seen(id).length >= 500), 'a burst for each');
    for (const id of ids) expect(socket.seen(id)).toEqual(recorded);
    const back = await connect(token);
    for (const id of ids) back.follow(id, FEED, { after: cursor });
    await until(async () => ids.every((id) => back.seen(id).length >= 500), 'what each missed');
    for (const id of ids) expect(back.seen(id).slice(-500)).toEqual(recorded);
  });

  it('that floods and does not read is closed', async () => {
    const { token } = await signInUser(product.database, { role: 'admin' });
    const socket = new WebSocket(product.socketUrl, 'graphql-transport-ws');
    open.push(socket);
    let code: number | undefined;
    socket.on('close', (closed) => {
      code = closed;
    });
    socket.on('error', () => undefined);
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
    await once(socket, 'message');
    socket.pause();
    const ping = JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(900) } });
    for (let k = 0; k < 20_000 && socket.readyState === WebSocket.OPEN; k += 1) {
      socket.send(ping);
      if (k % 500 === 0) await sleep(5);
    }
    await sleep(200);
    socket.resume();
    await until(async () => code !== undefined, 'the end of the flood');
    expect([4430, 1006]).toContain(code);
  });

  it('that speaks no protocol of ours is refused with 4406', async () => {
    const socket = new WebSocket(product.socketUrl);
    open.push(socket);
    const [code] = await once(socket, 'close');
    expect(code).toBe(4406);
  });
});
