import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { followLive, type LiveMessage } from '../../examples/live-client/follow-live.js';
import { type Credentials, liveSocket } from '../../examples/live-client/live-socket.js';
import { BACK_OFF, pauseBefore, remedyFor } from '../../examples/live-client/losses.js';
import { CallBoardDocument, CallTailDocument } from '../../examples/live-client/operations.generated.js';
import { Session, SessionEnded } from '../../examples/live-client/session.js';
import { AccessTokens } from '../../src/services/identity/access-tokens.js';
import { hashPassword } from '../../src/services/identity/passwords.js';
import type { UserActor } from '../../src/services/shared/access/actor.js';
import { decodeFeedCursor, encodeFeedCursor } from '../../src/services/shared/events/feed-cursor.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { until } from '../support/load-process.js';
import { type Product, startProduct } from '../support/product.js';
import { createUser, type SignedIn, signInPartner, signInUser, TEST_JWT_SECRET } from '../support/sign-ins.js';
import { untilNobodyListens } from '../support/subscribe.js';
import { layWire } from '../support/wire.js';
import { recordMissedCalls } from './burst-writer.js';

const MAIN = join(import.meta.dirname, '../../examples/live-client/main.ts');
const USER = { email: 'follower@test.example', password: 'switchboard' };
const ACCESS_MS = 15 * 60_000;

let product: Product;
let admin: SignedIn<UserActor>;

beforeAll(async () => {
  product = await startProduct();
  admin = await signInUser(product.database, { role: 'admin' });
  await createUser(product.database, {
    role: 'admin',
    email: USER.email,
    passwordHash: await hashPassword(USER.password),
  });
});
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
  await untilNobodyListens(product);
});
afterAll(() => product.stop());

const idOf = (key: string | undefined) => encodeId('Call', key!);

/** What somebody shows who they are by; tokens hold for so many seconds, and the client is told so many. */
class Tokens implements Credentials {
  renewals = 0;
  expiresAt: number;
  #token: string | undefined;

  constructor(
    private readonly owner: SignedIn<UserActor>,
    private readonly seconds: readonly number[],
    private readonly told: readonly number[] = seconds,
  ) {
    this.expiresAt = Date.now() + told[0]! * 1_000;
  }

  async token(): Promise<string> {
    this.#token ??= await this.#issue();
    return this.#token;
  }

  async renew(): Promise<void> {
    this.renewals += 1;
    this.expiresAt = Date.now() + this.told[this.renewals]! * 1_000;
    this.#token = await this.#issue();
  }

  async #issue(): Promise<string> {
    const { loginId, sessionId } = this.owner.actor;
    const issuedAt = new Date(Date.now() - ACCESS_MS + this.seconds[this.renewals]! * 1_000);
    return (await new AccessTokens(TEST_JWT_SECRET).issue({ loginId, sessionId, kind: 'user' }, issuedAt)).token;
  }
}

/** Follows calls as the example does, and keeps what came. */
function follow(credentials: Credentials, options: { readonly url?: string; readonly after?: string } = {}) {
  const { url = product.url, after } = options;
  const { client, close } = liveSocket(url, credentials);
  const stop = new AbortController();
  const snapshots: string[][] = [];
  const messages: (LiveMessage & { readonly call: { readonly id: string } | null })[] = [];
  const closes: number[] = [];
  client.on('closed', (event) => closes.push((event as CloseEvent).code));
  const snapshot = async () => {
    const { data } = await product.graphql<{ feedCursor: string; calls: { nodes: { id: string }[] } }>(
      'query ($first: Int!) { feedCursor calls(first: $first) { nodes { id } } }',
      { first: 5 },
      admin.token,
    );
    return data!;
  };
  const ended = (async () => {
    const followed = {
      client,
      snapshot,
      subscription: CallTailDocument,
      messageOf: ({ callFeed }: { callFeed: (typeof messages)[number] }) => callFeed,
      renew: () => credentials.renew(),
      backOff: { firstMs: 10, mostMs: 50 },
      ...(after === undefined ? {} : { after }),
    };
    for await (const step of followLive(followed, stop.signal)) {
      if (step.snapshot) snapshots.push(step.snapshot.calls.nodes.map(({ id }) => id));
      else messages.push(step.message);
    }
  })();
  ended.catch(() => undefined);
  const end = async () => {
    stop.abort();
    await ended.catch(() => undefined);
    await close();
  };
  stops.push(end);
  return {
    snapshots,
    messages,
    closes,
    ended,
    untilLive: () => until(async () => snapshots.length > 0 && product.server.hub.subscriptions > 0, 'the tail'),
    untilMessages: (count: number) => until(async () => messages.length >= count, `${count} messages`),
    stop: end,
  };
}

describe('the example client', () => {
  it('shows the present state, then what happens, and ends at once when it is told to', async () => {
    const [before] = await recordMissedCalls(product.database, 1);
    const followed = follow(new Tokens(admin, [600]));
    await followed.untilLive();
    expect(followed.snapshots[0]).toContain(idOf(before));
    const [call] = await recordMissedCalls(product.database, 1);
    const told = () => followed.messages.map((message) => message.call?.id);
    await until(async () => told().includes(idOf(call)), 'the call');
    // What the snapshot shows may come again.
    expect(told().filter((id) => !followed.snapshots[0]!.includes(id!))).toEqual([idOf(call)]);
    const began = Date.now();
    await followed.stop();
    // It waits for no message, of which none comes.
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  it('ends when it is told to before it has begun', async () => {
    const followed = follow(new Tokens(admin, [600]));
    await followed.stop();
    await followed.ended;
    expect(followed.messages).toEqual([]);
  });

  it('renews its token on the open socket before it ends', async () => {
    const endsAt = Date.now() + 6_000;
    const credentials = new Tokens(admin, [6, 600], [3, 600]);
    const followed = follow(credentials);
    await followed.untilLive();
    await sleep(endsAt + 1_300 - Date.now());
    await recordMissedCalls(product.database, 1);
    await followed.untilMessages(1);
    expect(credentials.renewals).toBe(1);
    expect(followed.closes).toEqual([]);
  });

  it('takes another token and goes on where its own ended before it knew', async () => {
    const credentials = new Tokens(admin, [2, 600], [600, 600]);
    const followed = follow(credentials);
    await followed.untilLive();
    const [first] = await recordMissedCalls(product.database, 1);
    await followed.untilMessages(1);
    await until(async () => followed.closes.length === 1, 'the end of the token');
    const [second] = await recordMissedCalls(product.database, 1);
    await followed.untilMessages(2);
    expect(followed.closes).toEqual([4401]);
    expect(followed.messages.map((message) => message.call?.id)).toEqual([idOf(first), idOf(second)]);
    expect(followed.snapshots).toHaveLength(1);
  });

  it('takes another snapshot where events are missing, and goes on behind it', async () => {
    const { data } = await product.graphql<{ feedCursor: string }>('{ feedCursor }', {}, admin.token);
    const { xid, position } = decodeFeedCursor(data!.feedCursor)!;
    const after = encodeFeedCursor('00000000-0000-4000-8000-000000000000', { xid, position });
    const [missed] = await recordMissedCalls(product.database, 1);
    const followed = follow(new Tokens(admin, [600]), { after });
    await followed.untilLive();
    expect(followed.snapshots).toHaveLength(1);
    expect(followed.snapshots[0]).toContain(idOf(missed));
    const [call] = await recordMissedCalls(product.database, 1);
    await until(async () => followed.messages.some((message) => message.call?.id === idOf(call)), 'the call');
  });

  it('gives up where trying again is of no use: a place that is none, a right that is missing', async () => {
    const wrong = follow(new Tokens(admin, [600]), { after: 'nowhere' });
    await expect(wrong.ended).rejects.toMatchObject({ codes: ['BAD_USER_INPUT'] });
    const { token } = await signInPartner(product.database, ['customers:read']);
    const partner = { expiresAt: Number.POSITIVE_INFINITY, token: async () => token, renew: async () => undefined };
    await expect(follow(partner).ended).rejects.toMatchObject({ codes: ['FORBIDDEN'] });
  });

  it('comes back by itself to a server that was gone', async () => {
    const wire = await layWire(product.url);
    const followed = follow(new Tokens(admin, [600]), { url: wire.url });
    await followed.untilLive();
    expect(wire.cut()).toBeGreaterThan(0);
    const [call] = await recordMissedCalls(product.database, 1);
    await followed.untilMessages(1);
    expect(followed.messages.map((message) => message.call?.id)).toEqual([idOf(call)]);
    stops.push(wire.close);
  });
});

describe('the session of the example client', () => {
  it('is gone on with once, however many ask, and says so when it is over', async () => {
    const session = await Session.open(product.url, USER);
    await Promise.all([session.renew(), session.renew(), session.renew()]);
    expect((await session.ask(CallBoardDocument, { first: 1 })).feedCursor).toEqual(expect.any(String));
    const { errors } = await product.graphql('mutation { signOut { errors { code } } }', {}, await session.token());
    expect(errors).toBeUndefined();
    await expect(session.renew()).rejects.toThrow(SessionEnded);
  });

  it('is not opened by a wrong password', async () => {
    const opened = Session.open(product.url, { ...USER, password: 'not it at all' });
    await expect(opened).rejects.toThrow(SessionEnded);
  });
});

describe('what the example client does after a loss', () => {
  it('depends on the code of the close', () => {
    const remedies = [1001, 1006, 1013, 4401, 4403, 4408, 4409, 4430, 4440, 4499].map((code) => remedyFor({ code }));
    expect(remedies).toEqual(['AT_ONCE', 'WAIT', 'WAIT', 'RENEW', 'GIVE_UP', 'WAIT', 'WAIT', 'WAIT', 'WAIT', 'WAIT']);
    expect(remedyFor(new TypeError('fetch failed'))).toBe('WAIT');
    expect(remedyFor(new SessionEnded('over'))).toBe('GIVE_UP');
  });

  it('waits at random, longer each time, and never beyond the most', () => {
    const longest = (attempts: number) =>
      Math.max(...Array.from({ length: 200 }, () => pauseBefore('WAIT', attempts, BACK_OFF)));
    expect(longest(0)).toBeLessThanOrEqual(BACK_OFF.firstMs);
    expect(longest(3)).toBeGreaterThan(BACK_OFF.firstMs);
    expect(longest(60)).toBeLessThanOrEqual(BACK_OFF.mostMs);
    expect(pauseBefore('AT_ONCE', 0, BACK_OFF)).toBe(0);
  });
});

/** Runs the example as anybody would. */
function runExample(url: string): { readonly child: ChildProcess; output(): string } {
  const child = spawn(process.execPath, [MAIN, url, USER.email], {
    env: { PATH: process.env.PATH, PASSWORD: USER.password },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (text) => {
      output += text;
    });
  }
  return { child, output: () => output };
}

it('the example runs as it is: it prints calls, goes on after its socket was cut, and ends on Ctrl-C', async () => {
  const wire = await layWire(product.url);
  const { child, output } = runExample(wire.url);
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  stops.push(wire.close, async () => child.kill('SIGKILL'));
  const lines = () =>
    output()
      .split('\n')
      .filter((line) => line.includes('+79995554434')).length;
  await until(async () => output().includes('Calls from now on') && product.server.hub.subscriptions > 0, 'the tail');
  const shown = lines();
  await recordMissedCalls(product.database, 2);
  await until(async () => lines() === shown + 2, `two more calls: ${output()}`);
  wire.cut();
  await recordMissedCalls(product.database, 3);
  await until(async () => lines() >= shown + 5, `three more calls: ${output()}`);
  child.kill('SIGINT');
  expect(await exited).toBe(0);
  expect(lines()).toBe(shown + 5);
});
