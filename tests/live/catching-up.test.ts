import { setTimeout as sleep } from 'node:timers/promises';
import { CallStatus } from '../../src/entities/calls/call-status.enum.js';
import { Turns } from '../../src/resolvers/shared/live/turns.js';
import { recordCalls } from '../../src/services/calls/record-calls.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { encodeFeedCursor, type FeedCursor } from '../../src/services/shared/events/feed-cursor.js';
import { FeedLog, type FeedPage } from '../../src/services/shared/events/feed-log.js';
import { FeedPages, PAGE } from '../../src/services/shared/live/feed-pages.js';
import { type Product, startProduct } from '../support/product.js';
import { signInCustomer, signInUser } from '../support/sign-ins.js';
import { type Subscriber, subscribe } from '../support/subscribe.js';
import { msisdnOf, publishTestTariff, registerTestSubscriber } from '../support/subscribers.js';
import { untilReadable } from '../support/until-readable.js';
import { recordMissedCalls } from './burst-writer.js';

interface Message {
  callFeed: { cursor: string };
}

const FEED = 'subscription ($after: Cursor) { callFeed(after: $after) { cursor } }';
const TOGETHER = 30;
const MISSED = PAGE + 100;

let product: Product;
let token: string;
let start: FeedCursor;

beforeAll(async () => {
  product = await startProduct({ env: { READ_PLANS: 'on' } });
  ({ token } = await signInUser(product.database, { role: 'admin' }));
  await untilReadable(product.database);
  start = await new FeedLog(product.database).end();
  await recordMissedCalls(product.database, MISSED);
  await untilReadable(product.database);
});
afterAll(() => product.stop());

/** A turn that lasts until it is let go. */
class Held {
  begun = false;
  letGo: () => void = () => undefined;

  constructor(private readonly wanted = true) {}

  begin(): Promise<void> | undefined {
    if (!this.wanted || this.begun) return undefined;
    this.begun = true;
    return new Promise((resolve) => {
      this.letGo = resolve;
    });
  }
}

const rounds = () => sleep(50);
const begunOf = (turns: readonly Held[]) => turns.map(({ begun }) => begun);

describe('turns', () => {
  it('are few of one owner and few in all, and go to the owners in turn', async () => {
    const turns = new Turns({ inAll: 3, ofOne: 2 });
    const greedy = Array.from({ length: 4 }, () => new Held());
    const [modest, late] = [new Held(), new Held()];
    for (const turn of greedy) turns.wait('greedy', turn);
    await rounds();
    expect(begunOf(greedy)).toEqual([true, true, false, false]);
    turns.wait('modest', modest);
    turns.wait('late', late);
    await rounds();
    expect(begunOf([modest, late])).toEqual([true, false]);
    greedy[0]!.letGo();
    await rounds();
    expect(begunOf([...greedy, late])).toEqual([true, true, true, false, false]);
    modest.letGo();
    await rounds();
    expect(begunOf([...greedy, late])).toEqual([true, true, true, false, true]);
  });

  it('are not spent on what nobody waits for any more', async () => {
    const turns = new Turns({ inAll: 1, ofOne: 1 });
    const [gone, wanted] = [new Held(false), new Held()];
    turns.wait('one', gone);
    turns.wait('one', wanted);
    await rounds();
    expect(wanted.begun).toBe(true);
  });
});

/** The log, and what it was asked for. */
function watchedLog(change: (page: FeedPage) => FeedPage = (page) => page) {
  const log = new FeedLog(product.database);
  const asked: number[] = [];
  return {
    asked,
    after: async (at: FeedCursor, limit: number) => {
      asked.push(limit);
      return change(await log.after(at, limit));
    },
  };
}

describe('the pages of those who catch up', () => {
  it('are read once where they are full', async () => {
    const log = watchedLog();
    const pages = new FeedPages(log);
    const all = await Promise.all(Array.from({ length: 10 }, () => pages.after(start)));
    const later = await pages.after(start);
    expect(log.asked.filter((limit) => limit > 0)).toEqual([PAGE]);
    for (const { events } of all) expect(events).toBe(later.events);
    expect(later.events).toHaveLength(PAGE);
  });

  it('are read anew by each where they are not', async () => {
    const log = watchedLog();
    const pages = new FeedPages(log);
    const last = (await pages.after(start)).events.at(-1)!;
    const at = { epoch: start.epoch, xid: last.xid, position: last.position };
    const begun = pages.after(at);
    await recordMissedCalls(product.database, 1);
    await untilReadable(product.database);
    const before = (await begun).events.length;
    const after = (await pages.after(at)).events.length;
    expect([before, after]).toEqual([expect.any(Number), MISSED - PAGE + 1]);
    expect(log.asked).toEqual([PAGE, PAGE, PAGE]);
  });

  it('tell of a log that has become another one, or of a place that is gone, though they are kept', async () => {
    let change = (page: FeedPage) => page;
    const pages = new FeedPages(watchedLog((page) => change(page)));
    await pages.after(start);
    change = (page) => ({ ...page, epoch: 'another' });
    expect((await pages.after(start)).epoch).toBe('another');
    change = (page) => ({ ...page, reaches: false, knows: false });
    expect(await pages.after(start)).toMatchObject({ reaches: false, knows: false });
  });
});

describe('many who come back behind the same place', () => {
  it('get everything once and in order, and few pages are made for all', async () => {
    const after = encodeFeedCursor(start.epoch, start);
    const { prepared } = product.database;
    const texts = prepared.texts.bind(prepared);
    let made = 0;
    prepared.texts = async (statement, values) => {
      made += 1;
      return texts(statement, values);
    };
    const all: Subscriber<Message>[] = await Promise.all(
      Array.from({ length: TOGETHER }, () =>
        subscribe<Message>(product, FEED, { token, variables: { after }, awaitListener: false }),
      ),
    );
    const [fence] = await recordMissedCalls(product.database, 1);
    expect(fence).toBeDefined();
    await untilReadable(product.database);
    const count = (await new FeedLog(product.database).after(start, 10_000)).events.length;
    for (const one of all) await one.until(count);
    prepared.texts = texts;
    const [first, ...others] = all.map(({ events }) => events.map(({ callFeed }) => callFeed.cursor));
    expect(new Set(first).size).toBe(count);
    for (const other of others) expect(other).toEqual(first);
    // Two pages for each of them would be twice as many as there are subscriptions.
    expect(made).toBeLessThan(TOGETHER);
    await Promise.all(all.map((one) => one.stop()));
  });

  it('get only what each may see, though the messages of several are made together', async () => {
    const { database } = product;
    const tariff = await publishTestTariff(database);
    const tokens: string[] = [];
    for (const n of [1, 2]) {
      const { customerId } = await registerTestSubscriber(database, n, tariff);
      tokens.push((await signInCustomer(database, customerId)).token);
    }
    await untilReadable(database);
    const place = await new FeedLog(database).end();
    const pairs = [
      [1, 3],
      [2, 3],
      [1, 2],
      [3, 1],
      [3, 2],
    ].map(([from, to], i) => ({
      exchange: 'test',
      externalId: `pair-${i}`,
      caller: msisdnOf(from!),
      called: msisdnOf(to!),
      status: CallStatus.MISSED,
      startedAt: new Date(),
      durationSeconds: 0,
    }));
    await database.transact(systemActor('test'), (work) => recordCalls(work, pairs));
    await untilReadable(database);
    const recorded = (await new FeedLog(database).after(place, PAGE)).events.filter(
      ({ kind }) => kind === 'call.recorded',
    );
    const cursors = recorded.map((event) => encodeFeedCursor(place.epoch, event));
    const after = encodeFeedCursor(place.epoch, place);
    const all = await Promise.all(
      [...tokens, ...tokens, token].map((who) =>
        subscribe<Message>(product, FEED, { token: who, variables: { after }, awaitListener: false }),
      ),
    );
    const seen = [
      [0, 2, 3],
      [1, 2, 4],
      [0, 2, 3],
      [1, 2, 4],
      [0, 1, 2, 3, 4],
    ];
    for (const [i, one] of all.entries()) await one.until(seen[i]!.length);
    await sleep(100);
    const got = all.map(({ events }) => events.map(({ callFeed }) => cursors.indexOf(callFeed.cursor)));
    expect(got).toEqual(seen);
    await Promise.all(all.map((one) => one.stop()));
  });
});
