import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { CallStatus } from '../../src/entities/calls/call-status.enum.js';
import { recordCalls } from '../../src/services/calls/record-calls.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { announceOn } from '../../src/services/shared/events/announce.js';
import { delayOfEvent } from '../support/delay-of-event.js';
import { runStart, type StartProcess, until } from '../support/load-process.js';
import { describeWithRedis, startRedis, type TestRedis } from '../support/redis.js';
import { createActors, TEST_JWT_SECRET } from '../support/sign-ins.js';
import { type OpenDatabase, openDatabase } from '../support/subscribers.js';

const FEED =
  'subscription ($after: Cursor) { callFeed(after: $after) { cursor gap { reason } call { durationSeconds } } }';
/** How soon an event that may be read is with every client when nothing is wrong, in milliseconds: sooner than silence is noticed. */
const SOON_MS = 800;

interface FeedData {
  readonly callFeed: { readonly cursor: string; readonly call: { readonly durationSeconds: number } | null };
}

/** A process of the product. */
interface Node {
  readonly process: StartProcess;
  readonly url: string;
}

let house: OpenDatabase;
let redis: TestRedis;
let dataDir: string;
let token: string;
let nodes: Node[] = [];
const clients: Client[] = [];
let recorded = 0;

/** A client that goes on at the next node, behind its last message, whenever its socket is lost. */
class Client {
  readonly seen: (number | undefined)[] = [];
  moves = 0;
  #cursor: string | undefined;
  #stopped = false;
  #ended: Promise<void>;

  constructor(at: Node) {
    this.#ended = this.#follow(at);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#dispose();
    await this.#ended;
  }

  #dispose: () => void = () => {};

  async #follow(at: Node): Promise<void> {
    for (let node = at; !this.#stopped; node = nodes[(nodes.indexOf(node) + 1) % nodes.length]!) {
      const client = createClient({
        url: `${node.url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        connectionParams: { Authorization: `Bearer ${token}` },
      });
      this.#dispose = () => void client.dispose();
      const messages = client.iterate<FeedData>({ query: FEED, variables: { after: this.#cursor } });
      try {
        for await (const { data } of messages) {
          this.seen.push(data?.callFeed.call?.durationSeconds);
          this.#cursor = data?.callFeed.cursor;
        }
      } catch {
        // The socket was lost.
      }
      this.moves += 1;
      await sleep(20);
    }
  }
}

async function metric(node: Node, name: string): Promise<number> {
  const text = await (await fetch(`${node.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)![1]);
}
const metrics = (name: string) => Promise.all(nodes.map((node) => metric(node, name)));
const readers = async () => (await metrics('switchboard_feed_reader')).filter((is) => is === 1).length;
const untilShared = () => until(async () => (await readers()) === 1, 'one reader');

async function startNode(): Promise<Node> {
  const process = runStart({
    NODE_ENV: 'test',
    DATABASE_URL: house.orm.config.get('clientUrl')!,
    JWT_SECRET: TEST_JWT_SECRET,
    REDIS_URL: redis.url,
    DATA_DIR: dataDir,
    DEMO: '0',
    LOG_LEVEL: 'info',
  });
  const printed = /Switchboard answers at (http:\/\/127\.0\.0\.1:\d+)/;
  await until(async () => printed.test(process.output()), 'a node');
  return { process, url: printed.exec(process.output())![1]! };
}

async function record(count = 1): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    recorded += 1;
    const call = {
      exchange: 'test',
      externalId: `call-${recorded}`,
      caller: '+79001112233',
      called: '+79001112244',
      status: CallStatus.COMPLETED,
      startedAt: new Date(),
      durationSeconds: recorded,
    };
    await house.database.transact(systemActor('test'), (work) => recordCalls(work, [call]));
  }
}

/** Records one call after the other, until what it gives is called, which resolves when the last is in. */
function startBurst(): () => Promise<void> {
  let stopped = false;
  const burst = (async () => {
    while (!stopped) await record();
  })();
  return async () => {
    stopped = true;
    await burst;
  };
}

const untilAll = () =>
  until(
    async () => clients.every(({ seen }) => seen.at(-1) === recorded),
    `${recorded} events; ${clients.map(({ seen }) => seen.length)} came`,
  );

/** How long an event takes to all clients, in milliseconds. */
const delay = () => delayOfEvent(house.database, SOON_MS, { record, arrived: untilAll });

/** Follows at each node, from now on; gives the number of the last call that is not followed. */
async function followAll(): Promise<number> {
  clients.push(...nodes.map((node) => new Client(node)));
  await until(async () => (await metrics('switchboard_subscriptions')).every((count) => count === 1), 'subscriptions');
  return recorded;
}

/** Expects that each client saw what was recorded since, in order, each call once. */
function expectAllSince(first: number): void {
  const expected = Array.from({ length: recorded - first }, (_, i) => first + 1 + i);
  for (const { seen } of clients) expect(seen).toEqual(expected);
}

describeWithRedis('many nodes over Redis', () => {
  beforeAll(async () => {
    house = await openDatabase();
    announceOn(house.database);
    token = (await createActors(house.database)).admin.token;
    dataDir = await mkdtemp(join(tmpdir(), 'switchboard-test-'));
    redis = await startRedis();
    await redis.kill();
    nodes = await Promise.all([startNode(), startNode()]);
  });
  afterEach(() => Promise.all(clients.splice(0).map((client) => client.stop())));
  afterAll(async () => {
    for (const { process } of nodes) process.kill();
    await Promise.all(nodes.map(({ process }) => process.ended));
    await redis.stop();
    await house.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('start and work without it, say so, and share the feed when it comes', async () => {
    const first = await followAll();
    expect(await delay()).toBeLessThan(SOON_MS);
    for (const { process } of nodes) expect(process.output()).toContain('Redis is away');
    expect(await readers()).toBe(2);
    await redis.startAgain();
    await untilShared();
    expect(await delay()).toBeLessThan(SOON_MS);
    expectAllSince(first);
  });

  it('read the log by one of them', async () => {
    const first = await followAll();
    await untilShared();
    const reader = (await metrics('switchboard_feed_reader')).indexOf(1);
    const before = await metrics('switchboard_feed_reads_total');
    await record(60);
    await untilAll();
    const reads = (await metrics('switchboard_feed_reads_total')).map((count, i) => count - before[i]!);
    // On a busy machine the reader may be unheard of for a moment.
    expect(reads[reader]).toBeGreaterThan(3);
    expect(reads[1 - reader]).toBeLessThan(3);
    expectAllSince(first);
  });

  it('lose nothing when Redis hangs and when it is killed in mid-burst, and are quick again after', async () => {
    const first = await followAll();
    await untilShared();
    const stop = startBurst();
    await sleep(100);
    redis.pause();
    await sleep(300);
    redis.resume();
    await sleep(100);
    await redis.kill();
    await sleep(300);
    await redis.startAgain();
    await sleep(100);
    await stop();
    await untilAll();
    await untilShared();
    expect(await delay()).toBeLessThan(SOON_MS);
    expectAllSince(first);
    expect(clients.map(({ moves }) => moves)).toEqual([0, 0]);
  });

  it('lose nothing and send nothing twice when the one that reads is killed with -9 in mid-burst', async () => {
    const first = await followAll();
    await untilShared();
    const reader = (await metrics('switchboard_feed_reader')).indexOf(1);
    const stop = startBurst();
    await until(async () => clients[reader]!.seen.length > 20, 'the burst');
    nodes[reader]!.process.kill();
    await sleep(300);
    await stop();
    await untilAll();
    expectAllSince(first);
    expect(clients[reader]!.moves).toBeGreaterThan(0);
    expect(clients[1 - reader]!.moves).toBe(0);
    expect(await delay()).toBeLessThan(SOON_MS);
  });
});
