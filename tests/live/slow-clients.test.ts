import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { announceOn } from '../../src/services/shared/events/announce.js';
import { runStart, type StartProcess, until } from '../support/load-process.js';
import { signInUser, TEST_JWT_SECRET } from '../support/sign-ins.js';
import { type OpenDatabase, openDatabase } from '../support/subscribers.js';
import { recordMissedCalls } from './burst-writer.js';

const SLOW = 30;
const BATCH = 60;
const MOST_CALLS = 1_800;
/** Makes messages of 6 KB: a socket that is not read holds a few megabytes, and then the server has to. */
const FAT = Array.from({ length: 200 }, (_, i) => `f${i}: caller { number }`).join(' ');
const FEED = `subscription { callFeed { cursor call { id ${FAT} } } }`;
const PING_SECONDS = 3;
/** Longer than other clients have to go, and than one may leave the server's pings unanswered; in milliseconds. */
const LONG_PAUSE_MS = 8_000;
/** What the process may take to end: less than what is left to a client that was too slow; in milliseconds. */
const LONGEST_END_MS = 15_000;
/** What the process may grow by. */
const MOST_GROWTH = 150 * 1024 * 1024;

let house: OpenDatabase;
let dataDir: string;
let node: StartProcess;
let url: string;
let token: string;
const sockets: WebSocket[] = [];

beforeAll(async () => {
  house = await openDatabase();
  announceOn(house.database);
  ({ token } = await signInUser(house.database, { role: 'admin' }));
  dataDir = await mkdtemp(join(tmpdir(), 'switchboard-slow-'));
  node = runStart({
    NODE_ENV: 'test',
    DATABASE_URL: house.orm.config.get('clientUrl')!,
    JWT_SECRET: TEST_JWT_SECRET,
    DATA_DIR: dataDir,
    DEMO: '0',
    MAX_ALIASES: '1000',
    MAX_BREADTH: '1000',
    MAX_QUEUED_EVENTS: '100',
    SOCKET_PING_SECONDS: String(PING_SECONDS),
    SOCKET_FAREWELL_SECONDS: '0',
  });
  const printed = /Switchboard answers at (http:\/\/127\.0\.0\.1:\d+)/;
  await until(async () => printed.test(node.output()), 'the server');
  url = printed.exec(node.output())![1]!;
});
afterAll(async () => {
  for (const socket of sockets) socket.terminate();
  node.terminate();
  await node.ended;
  await house.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)![1]);
}

interface Follower {
  readonly socket: WebSocket;
  /** Ids of calls, in the order in which they came. */
  readonly calls: string[];
  readonly closed: Promise<number>;
}

async function follow(): Promise<Follower> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  sockets.push(socket);
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  const calls: string[] = [];
  socket.on('error', () => undefined);
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
  await once(socket, 'message');
  socket.on('message', (data) => {
    const { type, payload } = JSON.parse(String(data));
    if (type === 'next') calls.push(payload.data.callFeed.call.id);
  });
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: FEED } }));
  return { socket, calls, closed };
}

/** Stops reading, but says for as long as it has a subscription that it is there. */
function stopReading({ socket }: Follower): NodeJS.Timeout {
  socket.pause();
  return setInterval(() => socket.pong(), 300);
}

it('clients that stop reading are closed with 4430, hold up nobody, and cost no memory of their own', async () => {
  const reader = await follow();
  const slow = await Promise.all(Array.from({ length: SLOW }, follow));
  await until(async () => (await metric('switchboard_subscriptions')) === SLOW + 1, 'all subscriptions');
  await recordMissedCalls(house.database, BATCH);
  await until(async () => reader.calls.length === BATCH, 'the first calls');
  const before = await metric('process_resident_memory_bytes');
  const pongs = slow.map(stopReading);
  let longest = 0;
  let most = before;
  let recorded = BATCH;
  let left = SLOW;
  while (recorded < MOST_CALLS && left > 0) {
    const began = Date.now();
    await recordMissedCalls(house.database, BATCH);
    recorded += BATCH;
    await until(async () => reader.calls.length === recorded, `${recorded} calls, ${reader.calls.length} came`);
    longest = Math.max(longest, Date.now() - began);
    most = Math.max(most, await metric('process_resident_memory_bytes'));
    left = (await metric('switchboard_subscriptions')) - 1;
  }
  expect(left).toBe(0);
  for (const pong of pongs) clearInterval(pong);
  // They are told why, if they read on within half a minute.
  await sleep(LONG_PAUSE_MS);
  for (const { socket } of slow) socket.resume();
  const codes = await Promise.all(slow.map(({ closed }) => closed));
  expect(codes).toEqual(Array(SLOW).fill(4430));
  expect(new Set(reader.calls).size).toBe(recorded);
  expect(longest).toBeLessThan(5_000);
  expect(most - before).toBeLessThan(MOST_GROWTH);
  // Whoever was closed comes back behind their last message, as anybody who lost a socket.
  expect(Math.max(...slow.map(({ calls }) => calls.length))).toBeLessThan(recorded);
});

it('a client that was too slow and reads no more does not hold up the end of the process', async () => {
  const before = await metric('switchboard_subscriptions');
  const stubborn = await follow();
  await until(async () => (await metric('switchboard_subscriptions')) === before + 1, 'the subscription');
  const pong = stopReading(stubborn);
  for (let recorded = 0; recorded < MOST_CALLS; recorded += BATCH) {
    await recordMissedCalls(house.database, BATCH);
    if ((await metric('switchboard_subscriptions')) === before) break;
  }
  clearInterval(pong);
  expect(await metric('switchboard_subscriptions')).toBe(before);
  const began = Date.now();
  node.terminate();
  await node.ended;
  expect(Date.now() - began).toBeLessThan(LONGEST_END_MS);
  stubborn.socket.resume();
  await stubborn.closed;
});
