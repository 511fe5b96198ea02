import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../support/load-process.js';
import { signInPartner } from '../support/sign-ins.js';
import { changed, seen, WebhookSetting } from './setting.js';

let setting: WebhookSetting;

beforeEach(async () => {
  setting = await WebhookSetting.start({ WEBHOOK_TIMEOUT_SECONDS: '20' });
});
afterEach(async () => {
  await setting?.stop();
  expect(setting.failures).toEqual([]);
});

const partner = async () => {
  const { token } = await signInPartner(setting.product.database, ['webhooks', 'customers:read']);
  return token;
};

describe('the places of a process', () => {
  it('are left to others by an owner whose receivers are slow, however many there are', async () => {
    const token = await partner();
    const waiting: (() => void)[] = [];
    const slow = await Promise.all(
      Array.from({ length: 10 }, () =>
        setting.hook((_received, response) => void waiting.push(() => response.end()), { token }),
      ),
    );
    const fast = await setting.hook();
    await setting.dispatch();
    await setting.record(...Array.from({ length: 10 }, (_, i) => changed(i + 1, 1)));
    await setting.untilReceived(fast.receiver, 10);
    await until(async () => waiting.length >= 16, 'all places of the slow owner');
    // More is due for the slow ones all the time, and others still go at once.
    const began = Date.now();
    await setting.record(changed(1, 2));
    await setting.untilReceived(fast.receiver, 11);
    expect(Date.now() - began).toBeLessThan(3_000);
    await sleep(200);
    expect(waiting).toHaveLength(16);
    // Its places are shared among its endpoints.
    expect(Math.max(...slow.map(({ receiver }) => receiver.received.length))).toBeLessThanOrEqual(3);
    for (const { receiver } of slow) receiver.answer = (_received, response) => void response.end();
    for (const end of waiting.splice(0)) end();
    await Promise.all(slow.map(({ receiver }) => setting.untilReceived(receiver, 11)));
  });

  it('are never all taken by slow ones, however many owners have them', async () => {
    const waiting: (() => void)[] = [];
    for (let owner = 0; owner < 5; owner += 1) {
      const token = await partner();
      for (let n = 0; n < 2; n += 1) {
        await setting.hook((_received, response) => void waiting.push(() => response.end()), { token });
      }
    }
    await setting.dispatch();
    await setting.record(...Array.from({ length: 10 }, (_, i) => changed(i + 1, 1)));
    await until(async () => waiting.length >= 40, 'many under way');
    await sleep(200);
    expect(waiting.length).toBeLessThan(64);
    const fast = await setting.hook();
    await setting.record(changed(20, 1));
    await setting.untilReceived(fast.receiver, 1);
    expect(fast.receiver.versions).toEqual([seen(20, 1)]);
    await Promise.all([setting.rest(), ...waiting.map(async (end) => end())]);
  });
});

describe('a replay', () => {
  it('keeps the order of a subject where what waited stands far behind what is taken again', async () => {
    const hook = await setting.hook();
    await setting.dispatch({ page: 2, mostWaiting: 2 });
    for (let version = 1; version <= 9; version += 1) await setting.record(changed(1, version));
    await setting.untilReceived(hook.receiver, 9);
    let well = false;
    hook.receiver.answer = (_received, response) => void response.writeHead(well ? 200 : 500).end();
    await setting.record(changed(1, 10));
    await setting.untilReceived(hook.receiver, 10);
    await until(
      async () => (await setting.deliveries(hook.id, 'attempts { totalCount }')).length === 10,
      'the delivery that waits',
    );
    await setting.untilStates(hook.id, ...Array(9).fill('DELIVERED'), 'PENDING');
    await sleep(100);
    setting.advance(60_000);
    await setting.untilReceived(hook.receiver, 11);
    await sleep(100);
    await setting.rest();
    well = true;
    const [{ cursor } = { cursor: '' }] = await setting.deliveries(hook.id, 'cursor');
    const payload = await setting.mutate('replayWebhooks', { endpointId: hook.id, after: cursor }, 'endpoint { id }');
    expect(payload.errors).toEqual([]);
    const before = hook.receiver.received.length;
    setting.advance(10 * 60_000);
    await setting.dispatch({ page: 2, mostWaiting: 2 });
    await setting.untilReceived(hook.receiver, before + 9);
    expect(hook.receiver.versions.slice(before)).toEqual(Array.from({ length: 9 }, (_, i) => seen(1, i + 2)));
    await setting.untilStates(hook.id, ...Array(10).fill('DELIVERED'));
  });
});
