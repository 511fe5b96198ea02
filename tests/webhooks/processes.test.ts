import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../support/load-process.js';
import { runDispatcher } from './dispatch-process.js';
import { changed, seen, WebhookSetting } from './setting.js';

const CUSTOMERS = 20;
const VERSIONS = 4;

let setting: WebhookSetting;

beforeEach(async () => {
  setting = await WebhookSetting.start();
});
afterEach(async () => {
  await setting?.stop();
  expect(setting.failures).toEqual([]);
});

/** Several events of each of several customers. */
async function recordMany(): Promise<void> {
  for (let version = 1; version <= VERSIONS; version += 1) {
    await setting.record(...Array.from({ length: CUSTOMERS }, (_, i) => changed(i + 1, version)));
  }
}

/** What a receiver must get of one customer, in order. */
const allOf = (customer: number) => Array.from({ length: VERSIONS }, (_, i) => seen(customer, i + 1));

describe('processes that send webhooks', () => {
  it('send each message once where several do it side by side, in the order of each subject', async () => {
    const hook = await setting.hook(async (_received, response) => {
      await sleep(Math.random() * 10);
      response.end();
    });
    for (let n = 0; n < 3; n += 1) await setting.dispatch();
    await recordMany();
    await setting.untilReceived(hook.receiver, CUSTOMERS * VERSIONS);
    await sleep(300);
    expect(hook.receiver.received).toHaveLength(CUSTOMERS * VERSIONS);
    for (let customer = 1; customer <= CUSTOMERS; customer += 1) {
      const [first] = allOf(customer);
      const subject = first!.split(' ')[1]!;
      expect(hook.receiver.versions.filter((one) => one.split(' ')[1] === subject)).toEqual(allOf(customer));
    }
  });

  it('lose nothing where one is killed in the midst: what it had begun comes again with its id', async () => {
    let hold = true;
    const hook = await setting.hook((_received, response) => {
      if (!hold) response.end();
    });
    const child = await runDispatcher(setting.product.databaseUrl);
    await recordMany();
    await setting.untilReceived(hook.receiver, 8);
    child.kill('SIGKILL');
    await once(child, 'close');
    const begun = hook.receiver.received.map(({ id }) => id);
    hold = false;
    await setting.dispatch();
    await sleep(300);
    const others = hook.receiver.received.slice(begun.length).map(({ id }) => id);
    // What the dead process had is its own until its lease runs out; only what it had not begun goes on.
    expect(others.filter((id) => begun.includes(id))).toEqual([]);
    setting.advance(7_000);
    const ids = () => new Set(hook.receiver.received.map(({ id }) => id));
    await until(async () => ids().size === CUSTOMERS * VERSIONS, 'every message');
    await setting.untilStates(hook.id, ...Array(CUSTOMERS * VERSIONS).fill('DELIVERED'));
    const again = hook.receiver.received.slice(begun.length).map(({ id }) => id);
    expect(begun.every((id) => again.includes(id))).toBe(true);
    expect(new Set(again).size).toBe(again.length);
  });

  it('give back what is under way when they stop, without counting it', async () => {
    const patient = await WebhookSetting.start({ WEBHOOK_TIMEOUT_SECONDS: '60' });
    const hook = await patient.hook((_received, response, count) => {
      if (count > 1) response.end();
    });
    await patient.dispatch();
    await patient.record(changed(1, 1));
    await patient.untilReceived(hook.receiver, 1);
    await patient.rest();
    expect(await patient.deliveries(hook.id)).toMatchObject([{ state: 'PENDING', attemptCount: 0 }]);
    await patient.dispatch();
    await patient.untilReceived(hook.receiver, 2);
    await patient.untilStates(hook.id, 'DELIVERED');
    expect(hook.receiver.received[1]!.id).toBe(hook.receiver.received[0]!.id);
    await patient.stop();
  });

  it('go on behind the place that was reached, also where nobody was there for a while', async () => {
    const hook = await setting.hook();
    await setting.dispatch();
    await setting.record(changed(1, 1));
    await setting.untilReceived(hook.receiver, 1);
    await setting.rest();
    await setting.record(changed(1, 2));
    await setting.record(changed(1, 3));
    await setting.dispatch();
    await setting.untilReceived(hook.receiver, 3);
    expect(hook.receiver.versions).toEqual([seen(1, 1), seen(1, 2), seen(1, 3)]);
  });

  it('do not skip what commits late', async () => {
    const hook = await setting.hook();
    await setting.dispatch();
    const client = await setting.product.database.pool.connect();
    await client.query('begin');
    await client.query(
      `insert into feed.event (kind, subject_kind, subject_id, subject_version, actor, data)
       values ('customer.changed', 'Customer', 50, 1, 'test', '{"customerId": "50", "changed": []}')`,
    );
    await setting.record(changed(51, 1));
    await sleep(300);
    expect(hook.receiver.received).toEqual([]);
    await client.query('commit');
    client.release();
    await setting.untilReceived(hook.receiver, 2);
    expect(hook.receiver.versions.sort()).toEqual([seen(50, 1), seen(51, 1)].sort());
  });
});
