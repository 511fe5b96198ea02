import { CallStatus } from '../../src/entities/calls/call-status.enum.js';
import { recordCalls } from '../../src/services/calls/record-calls.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { sentBy } from '../support/count-statements.js';
import { until } from '../support/load-process.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors, signInCustomer, signInUser } from '../support/sign-ins.js';
import { type Subscriber, subscribe, untilNobodyListens } from '../support/subscribe.js';
import { msisdnOf, publishTestTariff, registerTestSubscriber } from '../support/subscribers.js';

interface FeedData {
  callFeed: { cursor: string; call: { caller: { number: string; customer: { name: string } | null } } | null };
}

const FEED = `subscription Feed($filter: CallFeedFilter, $after: Cursor) { callFeed(filter: $filter, after: $after) {
  cursor call { status caller { number customer { name } } charge { amount { amount } } } } }`;
/** A call's plan reads the rows of one actor, whom the statement is told of. */
const isMessage = ({ text }: { readonly text: string }) => text.includes('with ordinality as v(');

let product: Product;
let actors: Actors;
let serial = 0;
const open: Subscriber<FeedData>[] = [];

const follow = async (token: string, variables: Record<string, unknown> = {}) => {
  const subscriber = await subscribe<FeedData>(product, FEED, { token, variables });
  open.push(subscriber);
  return subscriber;
};
const record = (count: number, caller = msisdnOf(1), called = msisdnOf(2)) =>
  product.database.transact(systemActor('test'), (work) =>
    recordCalls(
      work,
      Array.from({ length: count }, () => {
        serial += 1;
        const id = { exchange: 'test', externalId: `call-${serial}` };
        return { ...id, caller, called, status: CallStatus.COMPLETED, startedAt: new Date(), durationSeconds: 60 };
      }),
    ),
  );

beforeAll(async () => {
  // Messages are made by statements alone, so that these can be counted.
  product = await startProduct({ env: { READ_PLANS: 'on' } });
  actors = await createActors(product.database);
  const tariff = await publishTestTariff(product.database);
  for (const number of [1, 2, 3]) await registerTestSubscriber(product.database, number, tariff);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((subscriber) => subscriber.stop()));
  await untilNobodyListens(product);
});
afterAll(() => product.stop());

describe('messages of subscriptions', () => {
  it('are made once for all who have equal rights, whoever they are', async () => {
    const admins = await Promise.all([1, 2, 3].map(() => signInUser(product.database, { role: 'admin' })));
    const followers: Subscriber<FeedData>[] = [];
    for (const { token } of [...admins, actors.admin]) followers.push(await follow(token), await follow(token));
    expect(product.server.hub.channels).toBe(1);
    const sent = await sentBy(product, async () => {
      await record(1);
      await Promise.all(followers.map((one) => one.until(1)));
    });
    expect(sent.filter(isMessage)).toHaveLength(1);
    expect(sent.find(isMessage)!.values[0]).toHaveLength(1);
    for (const { events } of followers) expect(events).toEqual(followers[0]!.events);
  });

  it('are made by one statement for many who see different rows, each their own', async () => {
    const customers = await Promise.all(
      [1, 2, 3].map(async (number) => {
        const { rows } = await product.database.pool.query('select customer_id from contract where msisdn = $1', [
          msisdnOf(number),
        ]);
        return signInCustomer(product.database, rows[0].customer_id);
      }),
    );
    const followers: Subscriber<FeedData>[] = [];
    for (const { token } of customers) followers.push(await follow(token));
    expect(product.server.hub.channels).toBe(1);
    const sent = await sentBy(product, async () => {
      await record(1, msisdnOf(1), msisdnOf(2));
      await Promise.all(followers.slice(0, 2).map((one) => one.until(1)));
    });
    expect(sent.filter(isMessage)).toHaveLength(1);
    expect(sent.find(isMessage)!.values[0]).toHaveLength(2);
    expect(followers.map(({ events }) => events.map(({ callFeed }) => callFeed.call!.caller.customer?.name))).toEqual([
      ['Петров Пётр 1'],
      [undefined],
      [],
    ]);
  });

  it('are made by one statement for a burst, in order', async () => {
    const admin = await follow(actors.admin.token);
    const sent = await sentBy(product, async () => {
      await record(200);
      await admin.until(200);
    });
    expect(sent.filter(isMessage)).toHaveLength(1);
    const { rows } = await product.database.pool.query('select id from call order by id desc limit 200');
    expect(rows).toHaveLength(200);
    expect(new Set(admin.events.map(({ callFeed }) => callFeed.cursor)).size).toBe(200);
  });

  it('are shared by those who came at different times, from different places', async () => {
    const first = await follow(actors.admin.token);
    await record(2);
    const [, second] = await first.until(2);
    const resumed = await follow(actors.admin.token, { after: first.events[0]!.callFeed.cursor });
    await resumed.until(1);
    expect(resumed.events).toEqual([second]);
    expect(product.server.hub.channels).toBe(1);
    await record(1);
    await Promise.all([first.until(3), resumed.until(2)]);
    expect(resumed.events).toEqual(first.events.slice(1));
  });

  it('are told apart by variables, and by rights', async () => {
    await follow(actors.admin.token);
    await follow(actors.admin.token, { filter: { statuses: ['MISSED'] } });
    await follow(actors.admin.token, { filter: { statuses: ['COMPLETED'] } });
    await follow(actors.supervisor.token);
    await until(async () => product.server.hub.channels === 4, 'four channels');
  });

  it('tell the size of the operation with the first one only', async () => {
    const payloads: { extensions?: object }[] = [];
    const admin = await follow(actors.admin.token);
    admin.client.subscribe(
      { query: FEED },
      { next: (payload) => payloads.push(payload as never), error: () => undefined, complete: () => undefined },
    );
    await until(async () => product.server.hub.subscriptions === 2, 'the second subscription');
    await record(2);
    await until(async () => payloads.length === 2, 'two messages');
    expect(payloads.map(({ extensions }) => Object.keys(extensions ?? {}))).toEqual([['operation'], []]);
  });
});
