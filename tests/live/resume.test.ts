import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { followLive } from '../../examples/live-client/follow-live.js';
import { liveSocket } from '../../examples/live-client/live-socket.js';
import { CallBoardDocument, CallTailDocument } from '../../examples/live-client/operations.generated.js';
import { Session } from '../../examples/live-client/session.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { signInUser } from '../support/sign-ins.js';
import { untilNobodyListens } from '../support/subscribe.js';
import { layWire } from '../support/wire.js';
import { BurstWriter, createRunningImport, cursorsOf, recordMissedCalls } from './burst-writer.js';

const CUTS = 100;
const PATIENCE_MS = 20_000;
const below = (most: number) => Math.floor(Math.random() * most);

interface CallMessage {
  cursor: string;
  gap: unknown;
  call: { id: string };
}
interface StepMessage {
  cursor: string;
  gap: unknown;
  importJob: { doneRows: number };
}

let product: Product;
let token: string;
let importId: string;
let writer: BurstWriter;

beforeAll(async () => {
  product = await startProduct({ env: { MAX_QUEUED_EVENTS: '5000', READ_PLANS: 'on' } });
  ({ token } = await signInUser(product.database, { role: 'admin' }));
  importId = await createRunningImport(product.database);
  writer = new BurstWriter(product.database, importId);
});
afterEach(async () => {
  await writer.stop();
  await untilNobodyListens(product);
});
afterAll(() => product.stop());

async function placeNow(): Promise<string> {
  const { data } = await product.graphql<{ feedCursor: string }>('{ feedCursor }', {}, token);
  return data!.feedCursor;
}

/** Waits until something holds. */
async function until(holds: () => boolean, what: () => string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what()}.`);
    await sleep(5);
  }
}

/** A client of the bare protocol with two subscriptions, which goes on behind the last message of each. */
class BareClient {
  readonly calls: CallMessage[] = [];
  readonly steps: StepMessage[] = [];
  readonly errors: unknown[] = [];
  onCall: () => void = () => undefined;

  constructor(private readonly place: string) {}

  /** Opens a socket, and resolves when it is gone; `live` gets what ends it without a word to the server. */
  async connect(live: (destroy: () => void) => void): Promise<void> {
    const socket = new WebSocket(product.socketUrl, 'graphql-transport-ws');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.on('open', () =>
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })),
    );
    socket.on('message', (data) => this.#take(socket, JSON.parse(String(data))));
    live(() => socket.terminate());
    await closed;
  }

  #take(socket: WebSocket, message: { type: string; id?: string; payload?: { data?: never } }): void {
    if (message.type === 'connection_ack') this.#subscribe(socket);
    else if (message.type === 'next' && message.payload?.data) {
      const { callFeed, importProgressed } = message.payload.data as {
        callFeed?: CallMessage;
        importProgressed?: StepMessage;
      };
      if (importProgressed) this.steps.push(importProgressed);
      if (callFeed) this.calls.push(callFeed);
      if (callFeed) this.onCall();
    } else if (message.type !== 'pong') this.errors.push(message);
  }

  #subscribe(socket: WebSocket): void {
    const subscribe = (id: string, query: string, variables: object) =>
      socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query, variables } }));
    subscribe(
      'calls',
      'subscription ($after: Cursor) { callFeed(after: $after) { cursor gap { reason } call { id } } }',
      { after: this.calls.at(-1)?.cursor ?? this.place },
    );
    subscribe(
      'steps',
      `subscription ($after: Cursor, $id: ID!) { importProgressed(id: $id, after: $after) {
        cursor gap { reason } importJob { doneRows } } }`,
      { after: this.steps.at(-1)?.cursor ?? this.place, id: encodeId('ImportJob', importId) },
    );
  }
}

/** What is wrong with what was received, beside what the log has. */
function faultsOf(messages: readonly { cursor: string }[], expected: readonly string[]) {
  const places = messages.map(({ cursor }) => expected.indexOf(cursor));
  const seen = new Set(places);
  return {
    lost: expected.flatMap((_cursor, i) => (seen.has(i) ? [] : [i])),
    twice: places.length - seen.size,
    unknown: messages.filter((_message, i) => places[i] === -1),
    misplaced: places.filter((place, i) => i > 0 && place < places[i - 1]!),
  };
}

const NO_FAULTS = { lost: [], twice: 0, unknown: [], misplaced: [] };

describe('a client whose socket is killed in mid-burst a hundred times', () => {
  it('gets every event once and in order, whenever its socket is destroyed', async () => {
    const place = await placeNow();
    const client = new BareClient(place);
    writer.start();
    let inBurst = 0;
    for (let cut = 0; cut < CUTS; cut += 1) {
      const before = client.calls.length;
      const enough = before + below(8);
      // In the handshake, or in the middle of what it missed or of what happens.
      await client.connect((destroy) => {
        if (cut % 4 === 0) setTimeout(destroy, below(30));
        else client.onCall = () => client.calls.length > enough && destroy();
      });
      if (client.calls.length > before) inBurst += 1;
    }
    await writer.stop();
    const [fence] = await recordMissedCalls(product.database, 1);
    const calls = await cursorsOf(product.database, 'call.recorded', place);
    const steps = await cursorsOf(product.database, 'import.progressed', place);
    const isThere = () => client.calls.length >= calls.length && client.steps.length >= steps.length;
    await client.connect((destroy) => {
      until(
        isThere,
        () => `${client.calls.length} of ${calls.length} calls, ${JSON.stringify(client.errors.slice(0, 3))}`,
      )
        .catch((error: unknown) => client.errors.push(error))
        .finally(destroy);
    });
    expect(client.errors).toEqual([]);
    expect(faultsOf(client.calls, calls)).toEqual(NO_FAULTS);
    expect(faultsOf(client.steps, steps)).toEqual(NO_FAULTS);
    expect(client.calls.at(-1)!.call.id).toBe(encodeId('Call', fence!));
    // A message shows the import at its event's step or at a later one, and in the end the last.
    const shown = client.steps.map(({ importJob }) => importJob.doneRows);
    const last = shown.at(-1)!;
    expect(shown.filter((step, i) => step < last - (shown.length - 1 - i))).toEqual([]);
    expect(shown.filter((step) => step > last)).toEqual([]);
    expect(inBurst).toBeGreaterThan(CUTS / 4);
    expect(calls.length).toBeGreaterThan(200);
  });

  it('loses nothing through the example client, and gets nothing twice, over a wire that is cut', async () => {
    const wire = await layWire(product.url);
    const stop = new AbortController();
    const session = new Session(wire.url, {
      accessToken: token,
      expiresAt: new Date(Date.now() + 600_000).toISOString(),
      refreshToken: 'none',
    });
    const { client, close } = liveSocket(wire.url, session);
    const received: CallMessage[] = [];
    const places: string[] = [];
    const following = (async () => {
      const steps = followLive(
        {
          client,
          snapshot: () => session.ask(CallBoardDocument, { first: 1 }),
          subscription: CallTailDocument,
          messageOf: ({ callFeed }) => callFeed,
          renew: () => session.renew(),
          backOff: { firstMs: 2, mostMs: 20 },
        },
        stop.signal,
      );
      for await (const { snapshot, message } of steps) {
        if (snapshot) places.push(snapshot.feedCursor);
        else received.push({ ...message, call: message.call! });
      }
    })();
    await until(
      () => places.length > 0,
      () => 'the snapshot',
    );
    writer.start();
    let inBurst = 0;
    for (let cut = 0; cut < CUTS; ) {
      const before = received.length;
      const enough = before + below(8);
      const latest = Date.now() + (cut % 4 === 0 ? below(30) : 1_000);
      await until(
        () => received.length > enough || Date.now() > latest,
        () => 'a moment to cut',
      );
      if (wire.cut() === 0) continue;
      cut += 1;
      if (received.length > before) inBurst += 1;
    }
    await writer.stop();
    const calls = await cursorsOf(product.database, 'call.recorded', places[0]!);
    await until(
      () => received.length >= calls.length,
      () => `${received.length} of ${calls.length} calls`,
    );
    stop.abort();
    await following;
    await close();
    await wire.close();
    expect(places).toHaveLength(1);
    expect(faultsOf(received, calls)).toEqual(NO_FAULTS);
    expect(inBurst).toBeGreaterThan(CUTS / 4);
    expect(calls.length).toBeGreaterThan(200);
  });
});

describe('a transaction that is held open while a client is away', () => {
  it('is not skipped, though others that began later had committed before', async () => {
    const client = new BareClient(await placeNow());
    let letGo: () => void = () => undefined;
    const connected = client.connect((destroy) => {
      letGo = destroy;
    });
    const [seen] = await recordMissedCalls(product.database, 1);
    await until(
      () => client.calls.length === 1,
      () => 'the first call',
    );
    const late = recordMissedCalls(product.database, 1, 400);
    await sleep(50);
    const [early] = await recordMissedCalls(product.database, 1);
    letGo();
    await connected;
    const again = client.connect((destroy) => {
      letGo = destroy;
    });
    const [held] = await late;
    await until(
      () => client.calls.length >= 3,
      () => 'both calls',
    );
    const [after] = await recordMissedCalls(product.database, 1);
    await until(
      () => client.calls.length >= 4,
      () => 'the last call',
    );
    letGo();
    await again;
    const ids = [seen, held, early, after].map((key) => encodeId('Call', key!));
    expect(client.calls.map(({ call }) => call.id)).toEqual(ids);
  });
});
