import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { CallStatus } from '../../src/entities/calls/call-status.enum.js';
import { recordCalls } from '../../src/services/calls/record-calls.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { until } from '../support/load-process.js';
import { startProduct } from '../support/product.js';
import { startSecondServer } from '../support/second-server.js';
import { createActors } from '../support/sign-ins.js';
import { subscribe } from '../support/subscribe.js';

interface FeedData {
  callFeed: { cursor: string; call: { durationSeconds: number } };
}

const FEED = 'subscription ($after: Cursor) { callFeed(after: $after) { cursor call { durationSeconds } } }';
const RECORD = `mutation ($calls: [NewCallInput!]!) {
  recordCalls(input: { calls: $calls, idempotencyKey: "shutdown" }) { recorded errors { code message } } }`;

const call = (serial: number) => ({
  externalId: `call-${serial}`,
  caller: '+79001112233',
  called: '+79001112244',
  status: CallStatus.COMPLETED,
  startedAt: new Date(),
  durationSeconds: serial,
});

describe('a server that goes away', () => {
  it('sends sockets elsewhere at once, finishes the mutation under way, and loses no event', async () => {
    const product = await startProduct();
    const leaving = await startSecondServer(product, { SOCKET_FAREWELL_SECONDS: '1' });
    const { admin } = await createActors(product.database);
    const followers = await Promise.all(
      [1, 2, 3].map(() => subscribe<FeedData>(leaving, FEED, { token: admin.token, awaitListener: false })),
    );
    await until(async () => leaving.server.hub.subscriptions === 3, 'the subscriptions');
    const record = (serial: number) =>
      product.database.transact(systemActor('test'), (work) =>
        recordCalls(work, [{ ...call(serial), exchange: 'test' }]),
      );
    await record(1);
    await Promise.all(followers.map((one) => one.until(1)));

    // The mutation waits for somebody who holds the table.
    const holder = new Client({ connectionString: product.databaseUrl });
    await holder.connect();
    await holder.query('begin; lock table call in exclusive mode');
    const answered = leaving.graphql(RECORD, { calls: [{ ...call(2), exchange: 'test' }] }, admin.token);
    await until(async () => {
      const { rows } = await holder.query(`select count(*)::int from pg_locks
        where not granted and database = (select oid from pg_database where datname = current_database())`);
      return rows[0].count > 0;
    }, 'the mutation to wait');

    const closed = leaving.stop();
    await Promise.all(followers.map((one) => one.untilEnded()));
    expect(followers.map((one) => one.closeCode())).toEqual([1001, 1001, 1001]);
    await sleep(100);
    await holder.query('commit');
    await holder.end();
    expect(await answered).toMatchObject({ status: 200, data: { recordCalls: { recorded: 1, errors: [] } } });
    await closed;

    const { cursor } = followers[0]!.events[0]!.callFeed;
    const resumed = await subscribe<FeedData>(product, FEED, { token: admin.token, variables: { after: cursor } });
    await record(3);
    await resumed.until(2);
    expect(resumed.events.map(({ callFeed }) => callFeed.call.durationSeconds)).toEqual([2, 3]);
    await resumed.stop();
    await product.stop();
  });
});
