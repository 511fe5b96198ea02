import { once } from 'node:events';
import { sql } from 'kysely';
import { WebSocket } from 'ws';
import { CallStatus } from '../../src/entities/calls/call-status.enum.js';
import type { NewCall } from '../../src/services/calls/new-call.js';
import { recordCalls } from '../../src/services/calls/record-calls.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { until } from '../support/load-process.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors, signInCustomer } from '../support/sign-ins.js';
import { type Subscriber, subscribe, untilNobodyListens } from '../support/subscribe.js';
import { msisdnOf, publishTestTariff, registerTestSubscriber } from '../support/subscribers.js';
import { untilWoken } from '../support/until-woken.js';

const FEED = `subscription ($filter: CallFeedFilter) { callFeed(filter: $filter) { cursor call {
  status durationSeconds caller { number customer { name } operator { alias } }
  called { number customer { name } operator { alias } } charge { amount { amount } } } } }`;
const OPERATOR_PHONE = '+79990000011';
const OTHER_PHONE = '+79990000012';

interface FeedData {
  callFeed: {
    cursor: string;
    call: {
      status: string;
      durationSeconds: number;
      caller: { number: string; customer: { name: string } | null; operator: { alias: string } | null };
      called: { number: string; customer: { name: string } | null; operator: { alias: string } | null };
      charge: { amount: { amount: string } } | null;
    };
  };
}

let product: Product;
let actors: Actors;
let anna: { token: string; customerId: string };
const open: Subscriber<FeedData>[] = [];
let serial = 0;

const call = (caller: string, called: string, parts: Partial<NewCall> = {}): NewCall => {
  serial += 1;
  return {
    exchange: 'test',
    externalId: `call-${serial}`,
    caller,
    called,
    status: CallStatus.COMPLETED,
    startedAt: new Date(),
    durationSeconds: serial,
    ...parts,
  };
};
const record = (...calls: NewCall[]) =>
  product.database.transact(systemActor('test'), (work) => recordCalls(work, calls));
const follow = async (token: string, filter?: object) => {
  const subscriber = await subscribe<FeedData>(product, FEED, { token, variables: { filter } });
  open.push(subscriber);
  return subscriber;
};
const durations = (subscriber: Subscriber<FeedData>) =>
  subscriber.events.map(({ callFeed }) => callFeed.call.durationSeconds);

async function metric(name: string): Promise<number> {
  const metrics = await (await fetch(`${product.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(metrics)![1]);
}
/** How many sockets the server has open. */
const openSockets = () => metric('switchboard_websocket_connections');

beforeAll(async () => {
  product = await startProduct({ env: { MAX_QUEUED_EVENTS: '100', MAX_ALIASES: '200', MAX_BREADTH: '200' } });
  actors = await createActors(product.database);
  const tariff = await publishTestTariff(product.database);
  const { customerId } = await registerTestSubscriber(product.database, 1, tariff);
  await registerTestSubscriber(product.database, 2, tariff);
  anna = { customerId, token: (await signInCustomer(product.database, customerId)).token };
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((subscriber) => subscriber.stop()));
  await untilNobodyListens(product);
});
afterAll(() => product.stop());

describe('the live feed of calls', () => {
  it('shows calls as soon as they are recorded, not when the log would be looked at anyway', async () => {
    const admin = await follow(actors.admin.token);
    await untilWoken(
      () => metric('switchboard_feed_reads_total'),
      async () => {
        const count = admin.events.length + 1;
        await record(call(msisdnOf(1), msisdnOf(2)));
        await admin.until(count);
      },
    );
  });

  it('shows a call to a stock client, rated and all', async () => {
    const admin = await follow(actors.admin.token);
    const recorded = call(msisdnOf(1), msisdnOf(2), { durationSeconds: 75 });
    await record(recorded);
    const [event] = await admin.until(1);
    expect(event).toEqual({
      callFeed: {
        cursor: expect.any(String),
        call: {
          status: 'COMPLETED',
          durationSeconds: 75,
          caller: { number: msisdnOf(1), customer: { name: 'Петров Пётр 1' }, operator: null },
          called: { number: msisdnOf(2), customer: { name: 'Петров Пётр 2' }, operator: null },
          charge: { amount: { amount: '1.875' } },
        },
      },
    });
  });

  it('shows each only the calls that they may follow', async () => {
    const followers = {
      admin: await follow(actors.admin.token),
      supervisor: await follow(actors.supervisor.token),
      operator: await follow(actors.operator.token),
      otherOperator: await follow(actors.otherOperator.token),
      customer: await follow(anna.token),
      partner: await follow(actors.partner.token),
    };
    const toOperator = call(msisdnOf(1), OPERATOR_PHONE);
    const toOther = call(msisdnOf(2), OTHER_PHONE);
    const between = call(msisdnOf(2), msisdnOf(1));
    // Last come calls that each may follow: events arrive in order, so that nothing comes after them.
    const fences = [call(msisdnOf(1), OPERATOR_PHONE), call(msisdnOf(2), OTHER_PHONE)];
    await record(toOperator, toOther, between, ...fences);
    const [a, b, c, d, e] = [toOperator, toOther, between, ...fences].map((one) => one.durationSeconds);
    const expected = {
      admin: [a, b, c, d, e],
      partner: [a, b, c, d, e],
      supervisor: [a, d],
      operator: [a, d],
      otherOperator: [b, e],
      customer: [a, c, d],
    };
    for (const [who, seen] of Object.entries(expected)) {
      const follower = followers[who as keyof typeof followers];
      await follower.until(seen.length);
      expect([who, ...durations(follower)]).toEqual([who, ...seen]);
    }
  });

  it('hides from a customer who the other is', async () => {
    const customer = await follow(anna.token);
    await record(call(msisdnOf(2), msisdnOf(1)), call(OPERATOR_PHONE, msisdnOf(1)));
    const [fromCustomer, fromOperator] = await customer.until(2);
    expect(fromCustomer!.callFeed.call.caller).toEqual({ number: msisdnOf(2), customer: null, operator: null });
    expect(fromCustomer!.callFeed.call.called.customer).toEqual({ name: 'Петров Пётр 1' });
    expect(fromCustomer!.callFeed.call.charge).toBeNull();
    expect(fromOperator!.callFeed.call.caller.operator).toEqual({ alias: 'Alisa' });
  });

  it('keeps to its filter', async () => {
    const missed = await follow(actors.admin.token, { statuses: ['MISSED'] });
    const annas = await follow(actors.admin.token, { customerId: encodeId('Customer', anna.customerId) });
    const operators = await follow(actors.admin.token, {
      operatorId: encodeId('Operator', actors.operator.actor.operatorId!),
      direction: 'INBOUND',
    });
    const group = await follow(actors.admin.token, { groupId: encodeId('UserGroup', actors.groupId) });
    const one = call(msisdnOf(2), OPERATOR_PHONE, { status: CallStatus.MISSED, durationSeconds: 0 });
    const two = call(msisdnOf(1), msisdnOf(2));
    const three = call(OPERATOR_PHONE, msisdnOf(2));
    // A call that every filter takes comes last: events arrive in order, so that nothing comes after it.
    const fence = call(msisdnOf(1), OPERATOR_PHONE, {
      status: CallStatus.MISSED,
      durationSeconds: 0,
      externalId: 'fence',
    });
    await record(one, two, three, fence);
    await missed.until(2);
    await annas.until(2);
    await operators.until(2);
    await group.until(3);
    expect(durations(missed)).toEqual([0, 0]);
    expect(durations(annas)).toEqual([two.durationSeconds, 0]);
    expect(durations(operators)).toEqual([0, 0]);
    expect(durations(group)).toEqual([0, three.durationSeconds, 0]);
  });

  it('tells a customer nothing of others through its filter', async () => {
    const [other] = await product.database.rows(
      sql<{ id: string }>`select customer_id as id from contract where msisdn = ${msisdnOf(2)}`,
    );
    const guess = await follow(anna.token, { customerId: encodeId('Customer', other!.id) });
    const group = await follow(anna.token, { groupId: encodeId('UserGroup', actors.groupId) });
    const own = await follow(anna.token, { customerId: encodeId('Customer', anna.customerId) });
    await record(call(msisdnOf(1), msisdnOf(2)), call(msisdnOf(1), OPERATOR_PHONE));
    await own.until(2);
    await record(call(msisdnOf(1), msisdnOf(2)));
    await own.until(3);
    expect([...guess.events, ...group.events]).toEqual([]);
  });

  it('refuses a filter with the id of another kind', async () => {
    const subscriber = await subscribe(product, FEED, {
      token: actors.admin.token,
      variables: { filter: { customerId: encodeId('Operator', '1') } },
    });
    await subscriber.untilEnded();
    expect(subscriber.errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', path: ['filter', 'customerId'] } },
    ]);
    await subscriber.stop();
  });

  it('shows nothing of a batch that was rolled back', async () => {
    const admin = await follow(actors.admin.token);
    await product.database
      .transact(systemActor('test'), async (work) => {
        await recordCalls(work, [call(msisdnOf(1), msisdnOf(2))]);
        throw new Error('no');
      })
      .catch(() => undefined);
    const kept = call(msisdnOf(1), msisdnOf(2));
    await record(kept);
    await admin.until(1);
    expect(durations(admin)).toEqual([kept.durationSeconds]);
  });

  it('asks before each event who is there, and closes the socket of a user who was deactivated', async () => {
    const operator = await follow(actors.otherOperator.token);
    await record(call(msisdnOf(1), OTHER_PHONE));
    await operator.until(1);
    await product.database.rows(
      sql`update app_user set active = false where id = ${actors.otherOperator.actor.userId}`,
    );
    product.server.house.authenticator.forget();
    await record(call(msisdnOf(1), OTHER_PHONE));
    await operator.untilEnded();
    expect(operator.closeCode()).toBe(4401);
    expect(operator.events).toHaveLength(1);
  });

  it('lets a listener go when its client unsubscribes, though nothing happens', async () => {
    const before = product.server.hub.subscriptions;
    const admin = await follow(actors.admin.token);
    expect(product.server.hub.subscriptions).toBe(before + 1);
    await admin.stop();
    await untilNobodyListens(product);
    expect(product.server.hub.subscriptions).toBe(before);
  });

  /** Follows by a bare socket, of which much more is sent than the system holds for a client that does not read. */
  async function followWithoutReading(): Promise<{ slow: WebSocket; closed: Promise<number> }> {
    const before = product.server.hub.subscriptions;
    const slow = new WebSocket(product.socketUrl, 'graphql-transport-ws');
    const closed = new Promise<number>((resolve) => slow.on('close', resolve));
    await once(slow, 'open');
    slow.send(JSON.stringify({ type: 'connection_init', payload: { Authorization: `Bearer ${actors.admin.token}` } }));
    await once(slow, 'message');
    const fat = Array.from({ length: 100 }, (_, i) => `f${i}: caller { number } g${i}: called { number }`).join(' ');
    const query = `subscription { callFeed { call { ${fat} } } }`;
    slow.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
    await until(async () => product.server.hub.subscriptions > before, 'the slow client to be heard');
    slow.pause();
    return { slow, closed };
  }

  /** How long the slow clients' tests may take: twenty times they wait for the log, which others may hold up. */
  const LONGEST_MS = 180_000;

  /** Records calls, a few at a time so that who reads keeps up, until there are enough or something holds. */
  async function recordMany(admin: Subscriber<FeedData>, enough: () => boolean): Promise<void> {
    const before = admin.events.length;
    for (let count = 80; count <= 1_600 && !enough(); count += 80) {
      await record(...Array.from({ length: 80 }, () => call(msisdnOf(1), msisdnOf(2), { durationSeconds: 1 })));
      await admin.until(before + count);
    }
  }

  /** The code that a client is closed with which stops reading, and reads on as soon as it was let go. */
  async function codeOfSlow(admin: Subscriber<FeedData>): Promise<number> {
    const { slow, closed } = await followWithoutReading();
    let told = false;
    const resumed = until(async () => product.server.hub.subscriptions === 1, 'the farewell').then(() => {
      told = true;
      slow.resume();
    });
    await recordMany(admin, () => told);
    await resumed;
    return closed;
  }

  it(
    'closes a client that stops reading and never comes back, and holds up nobody else',
    async () => {
      const admin = await follow(actors.admin.token);
      const { slow, closed } = await followWithoutReading();
      await recordMany(admin, () => false);
      expect(admin.events).toHaveLength(1_600);
      expect(product.server.hub.subscriptions).toBe(1);
      // The server let go of the socket a second after it said farewell.
      await until(async () => (await openSockets()) === 1, 'the socket to be dropped');
      slow.resume();
      expect(await closed).toBe(1006);
    },
    LONGEST_MS,
  );

  it(
    'tells a client that stopped reading why it is closed, when it reads on within a second',
    async () => {
      const admin = await follow(actors.admin.token);
      // A client of a busy machine may not come to read within the second: then another is tried.
      const codes: number[] = [];
      while (codes.at(-1) !== 4430 && codes.length < 5) codes.push(await codeOfSlow(admin));
      expect(codes.at(-1)).toBe(4430);
    },
    LONGEST_MS,
  );
});
