import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { sql } from 'kysely';
import { decodeFeedCursor, encodeFeedCursor } from '../../src/services/shared/events/feed-cursor.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { until } from '../support/load-process.js';
import { type Product, startProduct } from '../support/product.js';
import { startSecondServer } from '../support/second-server.js';
import { type Actors, createActors } from '../support/sign-ins.js';
import { untilNobodyListens } from '../support/subscribe.js';
import { layWire } from '../support/wire.js';
import { recordMissedCalls } from './burst-writer.js';
import { type StockTail, tailByApollo, tailByGraphqlWs } from './stock-tails.js';

let product: Product;
let actors: Actors;
const open: StockTail[] = [];

beforeAll(async () => {
  // What is written meanwhile would show as a difference.
  product = await startProduct({ env: { READ_PLANS: 'on' } });
  actors = await createActors(product.database);
});
afterEach(async () => {
  for (const tail of open.splice(0)) tail.stop();
  await untilNobodyListens(product);
});
afterAll(() => product.stop());

const below = (most: number) => Math.floor(Math.random() * most);
const idsOf = (keys: readonly string[]) => keys.map((key) => encodeId('Call', key));
const record = async (count: number) => idsOf(await recordMissedCalls(product.database, count));

async function placeNow(): Promise<string> {
  const { data } = await product.graphql<{ feedCursor: string }>('{ feedCursor }', {}, actors.admin.token);
  return data!.feedCursor;
}

describe.each([
  ['a stock graphql-ws client', tailByGraphqlWs],
  ['Apollo Client', tailByApollo],
])('%s', (_name, tailBy) => {
  const tail = (after?: string, { url = product.url, token = actors.admin.token } = {}) => {
    const opened = tailBy({ url, token, after });
    open.push(opened);
    return opened;
  };

  it('subscribes, and goes on behind its last message with nothing lost and nothing twice', async () => {
    const first = tail(await placeNow());
    const before = await record(2);
    await first.untilMessages(2);
    first.stop();
    const missed = await record(3);
    const second = tail(first.messages.at(-1)!.cursor);
    await second.untilMessages(3);
    const now = await record(1);
    await second.untilMessages(4);
    expect([...first.calls, ...second.calls]).toEqual([...before, ...missed, ...now]);
    expect(second.messages.map(({ gap }) => gap)).toEqual([null, null, null, null]);
  });

  it('is told of a gap where the log is another one, and goes on behind it', async () => {
    const { xid, position } = decodeFeedCursor(await placeNow())!;
    const gone = tail(encodeFeedCursor('00000000-0000-4000-8000-000000000000', { xid, position }));
    await gone.untilMessages(1);
    const [call] = await record(1);
    await gone.untilMessages(2);
    const gap = { reason: 'LOG_REPLACED', message: expect.stringMatching(/Read the present state again/) };
    expect(gone.messages[0]).toMatchObject({ gap, call: null });
    expect(gone.calls[1]).toBe(call);
    // The message of a gap is a place to go on from, as any.
    const again = tail(gone.messages[0]!.cursor);
    await again.untilMessages(1);
    expect(again.messages[0]).toMatchObject({ gap: null, call: { id: call } });
  });

  it('is told of a gap where the log does not reach back', async () => {
    const old = await placeNow();
    const before = tail(old);
    await record(2);
    await before.untilMessages(2);
    const { xid, position } = decodeFeedCursor(before.messages[1]!.cursor)!;
    await product.database.rows(sql`select feed.note_dropped(${String(xid)}::xid8, ${String(position)}::bigint)`);
    const late = tail(old);
    await late.untilMessages(1);
    const [call] = await record(1);
    await late.untilMessages(2);
    expect(late.messages[0]).toMatchObject({ gap: { reason: 'LOG_DROPPED' }, call: null });
    expect(late.calls.slice(1)).toEqual([call]);
  });

  it('is refused with the path to what is wrong for a place that is none', async () => {
    for (const after of ['nowhere', '', Buffer.from('1:2:3').toString('base64url')]) {
      const wrong = tail(after);
      await wrong.untilEnded();
      expect(wrong.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', path: ['after'] } }]);
    }
    const long = tail('x'.repeat(1_000));
    await long.untilEnded();
    expect(long.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('is closed with 4401 where its token does not hold', async () => {
    const nobody = tail(undefined, { token: 'not a token' });
    await nobody.untilEnded();
    expect(nobody.closeCode).toBe(4401);
  });

  it('is sent elsewhere with 1001, and goes on there', async () => {
    const other = await startSecondServer(product, { SOCKET_FAREWELL_SECONDS: '0' });
    const there = tail(await placeNow(), { url: other.url });
    const before = await record(1);
    await there.untilMessages(1);
    await other.stop();
    await there.untilEnded();
    expect(there.closeCode).toBe(1001);
    const missed = await record(1);
    const here = tail(there.messages.at(-1)!.cursor);
    await here.untilMessages(1);
    expect([...there.calls, ...here.calls]).toEqual([...before, ...missed]);
  });
});

it('a stock graphql-ws client that connects again by itself goes on where it is, when its variables tell it where', async () => {
  const wire = await layWire(product.url);
  const seen: string[] = [];
  let cursor = await placeNow();
  const variables = {
    get after() {
      return cursor;
    },
  };
  const client = createClient({
    url: `${wire.url.replace('http', 'ws')}/graphql`,
    connectionParams: { Authorization: `Bearer ${actors.admin.token}` },
    retryWait: () => sleep(below(10)),
    shouldRetry: () => true,
  });
  const unsubscribe = client.subscribe<{ callFeed: { cursor: string; call: { id: string } } }>(
    { query: 'subscription ($after: Cursor) { callFeed(after: $after) { cursor call { id } } }', variables },
    {
      next: ({ data }) => {
        cursor = data!.callFeed.cursor;
        seen.push(data!.callFeed.call.id);
      },
      error: (error) => seen.push(String(error)),
      complete: () => undefined,
    },
  );
  const written: string[] = [];
  for (let cut = 0; cut < 20; cut += 1) {
    written.push(...(await record(1 + below(3))));
    if (cut % 2 === 0) await until(async () => seen.length >= written.length, `${written.length} calls`);
    await sleep(below(10));
    wire.cut();
  }
  await until(async () => seen.length >= written.length, `${written.length} calls; ${seen.length} came`);
  unsubscribe();
  await client.dispose();
  await wire.close();
  expect(seen).toEqual(written);
});

describe('a snapshot and the tail behind its place', () => {
  const ROUNDS = 30;
  const DAY_MS = 86_400_000;
  const BOARD = `query ($day: LocalDate!) { feedCursor
    calls(first: 100, filter: { fromDay: $day, toDay: $day }) { nodes { id } } }`;

  it('have between them every call, whenever in the midst of writing it is begun', async () => {
    const faults: object[] = [];
    let inTail = 0;
    let inSnapshot = 0;
    for (let round = 1; round <= ROUNDS; round += 1) {
      // Calls of a day of their own, so that one page shows them all.
      const startedAt = new Date(Date.now() - round * DAY_MS);
      const day = product.database.settings.calendar.dayOf(startedAt);
      const write = async () => {
        const keys: string[] = [];
        for (let i = 0; i < 4; i += 1) {
          keys.push(...(await recordMissedCalls(product.database, 1 + below(3), below(12), startedAt)));
        }
        return keys;
      };
      const writing = Promise.all([write(), write(), write()]);
      await sleep(below(40));
      const { data } = await product.graphql<{ feedCursor: string; calls: { nodes: { id: string }[] } }>(
        BOARD,
        { day },
        actors.admin.token,
      );
      const snapshot = data!.calls.nodes.map(({ id }) => id);
      if (round % 2 === 0) await sleep(below(20));
      const tail = tailByGraphqlWs({ url: product.url, token: actors.admin.token, after: data!.feedCursor });
      const written = idsOf((await writing).flat());
      const [fence] = await record(1);
      await until(async () => tail.calls.at(-1) === fence, `the last call; ${tail.calls.length} came`);
      tail.stop();
      const seen = new Set([...snapshot, ...tail.calls]);
      const lost = written.filter((id) => !seen.has(id));
      const twice = tail.calls.length - new Set(tail.calls).size;
      if (lost.length > 0 || twice > 0) faults.push({ round, lost, twice });
      inTail += tail.calls.length;
      inSnapshot += snapshot.length;
    }
    expect(faults).toEqual([]);
    expect(Math.min(inTail, inSnapshot)).toBeGreaterThan(ROUNDS);
  });
});
