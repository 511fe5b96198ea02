import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { delayAfter, readRetryAfter } from '../../src/services/integrations/webhooks/back-off.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { until } from '../support/load-process.js';
import { status } from './receiver.js';
import { changed, type Hook, seen, WebhookSetting } from './setting.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

let setting: WebhookSetting;

beforeAll(async () => {
  setting = await WebhookSetting.start();
  await setting.dispatch();
});
afterAll(async () => {
  await setting?.stop();
  expect(setting.failures).toEqual([]);
});

const stateOf = ({ id }: Hook) => setting.endpoint(id, 'state stateReason failures suspendedSince suspendedUntil');
const untilState = (hook: Hook, state: string) =>
  until(async () => (await stateOf(hook)).state === state, `state ${state}`);
const remove = ({ id }: Hook) => setting.mutate('removeWebhookEndpoint', { endpointId: id }, 'removedId');

/** How far ahead an endpoint's next try is, in milliseconds. */
async function breakOf(hook: Hook): Promise<number> {
  return Date.parse(String((await stateOf(hook)).suspendedUntil)) - setting.clock.now().getTime();
}

describe('an attempt that failed', () => {
  it('is made again later each time, over about three days', () => {
    const delays = Array.from({ length: 18 }, (_, i) => delayAfter(i + 1, 0, 0)!);
    expect(delays.slice(0, 4)).toEqual([5_000, 20_000, 80_000, 320_000]);
    expect(Math.max(...delays)).toBe(6 * HOUR_MS);
    const total = delays.reduce((sum, delay) => sum + delay, 0);
    expect(total / DAY_MS).toBeGreaterThan(2.5);
    expect(total / DAY_MS).toBeLessThan(3.5);
    expect(delayAfter(19, 0, 0)).toBeUndefined();
    expect(delayAfter(1, 0, 0.999)).toBeLessThan(5_000);
    expect(delayAfter(1, 0, 0.999)).toBeGreaterThanOrEqual(4_000);
  });

  it('is made again when the receiver asks for it, within bounds', () => {
    const now = new Date('2026-09-01T00:00:00Z');
    expect(readRetryAfter('120', now)).toBe(120_000);
    expect(readRetryAfter('Tue, 01 Sep 2026 00:01:00 GMT', now)).toBe(60_000);
    for (const nothing of [null, '', 'soon', '-5', 'Mon, 31 Aug 2026 00:00:00 GMT']) {
      expect(readRetryAfter(nothing, now)).toBe(0);
    }
    expect(delayAfter(1, 120_000, 0)).toBe(120_000);
    expect(delayAfter(1, 1_000, 0)).toBe(5_000);
    expect(delayAfter(1, 365 * DAY_MS, 0)).toBe(6 * HOUR_MS);
  });

  it('waits as long as the receiver’s header says', async () => {
    const hook = await setting.hook(status(429, { 'retry-after': '600' }));
    await setting.record(changed(1, 1));
    await until(async () => (await setting.deliveries(hook.id, 'attempts { totalCount }')).length > 0, 'a delivery');
    await setting.untilReceived(hook.receiver, 1);
    await until(async () => {
      const [delivery] = await setting.deliveries(hook.id, 'nextAttemptAt');
      const ahead = Date.parse(String(delivery!.nextAttemptAt)) - setting.clock.now().getTime();
      return ahead > 590_000 && ahead <= 600_000;
    }, 'ten minutes ahead');
    await remove(hook);
  });

  it('is the last after three days: the message has failed, and the next of its subject goes', async () => {
    const hook = await setting.hook(({ message }, response) => {
      response.writeHead(message.subject.version === 1 ? 500 : 200).end();
    });
    await setting.record(changed(2, 1), changed(2, 2), changed(3, 2));
    for (let attempt = 1; attempt <= 19; attempt += 1) {
      // Others of the endpoint succeed, so that its circuit stays closed.
      await setting.record(changed(4, 1 + attempt));
      await until(
        async () => hook.receiver.received.filter(({ message }) => message.subject.version === 1).length >= attempt,
        `attempt ${attempt}`,
      );
      const done = encodeId('Customer', '4');
      await until(async () => hook.receiver.versions.filter((one) => one.includes(done)).length >= attempt, 'another');
      await sleep(20);
      setting.advance(6 * HOUR_MS + 1_000);
    }
    await until(async () => hook.receiver.versions.includes(seen(2, 2)), 'the next of the subject');
    const failed = (await setting.deliveries(hook.id, 'state reason attemptCount')).filter(
      ({ state }) => state === 'FAILED',
    );
    expect(failed).toEqual([
      { state: 'FAILED', attemptCount: 19, reason: '19 attempts have failed. It was answered with 500.' },
    ]);
    await remove(hook);
  });
});

describe('the circuit of an endpoint', () => {
  it('opens after ten failures in a row, tries once after each break, and closes with the first success', async () => {
    let well = false;
    const hook = await setting.hook((_received, response) => {
      response.writeHead(well ? 200 : 500).end();
    });
    await setting.record(...Array.from({ length: 30 }, (_, i) => changed(100 + i, 1)));
    await untilState(hook, 'SUSPENDED');
    await sleep(300);
    // Those that were under way when it opened come to an end; none is begun after.
    const before = hook.receiver.received.length;
    expect(before).toBeGreaterThanOrEqual(10);
    expect(before).toBeLessThanOrEqual(17);
    expect(await breakOf(hook)).toBeLessThanOrEqual(MINUTE_MS);
    setting.advance(50_000);
    await sleep(200);
    expect(hook.receiver.received).toHaveLength(before);

    for (const [probe, minutes] of [2, 4, 8].entries()) {
      setting.advance((await breakOf(hook)) + 100);
      await setting.untilReceived(hook.receiver, before + probe + 1);
      await until(async () => (await breakOf(hook)) > (minutes - 1) * MINUTE_MS, `a break of ${minutes} minutes`);
      expect(await breakOf(hook)).toBeLessThanOrEqual(minutes * MINUTE_MS);
      await sleep(150);
      expect(hook.receiver.received).toHaveLength(before + probe + 1);
    }

    well = true;
    setting.advance((await breakOf(hook)) + 100);
    await untilState(hook, 'ACTIVE');
    await setting.untilStates(hook.id, ...Array(30).fill('DELIVERED'));
    expect(await stateOf(hook)).toEqual({
      state: 'ACTIVE',
      stateReason: null,
      failures: 0,
      suspendedSince: null,
      suspendedUntil: null,
    });
    await remove(hook);
  });

  it('is closed by others than a message that nobody takes, and does not use that one’s attempts up', async () => {
    let well = false;
    const poison = encodeId('Customer', '600');
    const hook = await setting.hook(({ message }, response) => {
      response.writeHead(well && message.subject.id !== poison ? 200 : 500).end();
    });
    await setting.record(changed(600, 1));
    await setting.untilReceived(hook.receiver, 1);
    await setting.record(...Array.from({ length: 20 }, (_, i) => changed(601 + i, 1)));
    await untilState(hook, 'SUSPENDED');
    await sleep(200);
    well = true;
    const ofPoison = () => hook.receiver.received.filter(({ message }) => message.subject.id === poison).length;
    // Due first of all, and tried most.
    await setting.product.database.rows(sql`
      update webhook_delivery set attempt_count = 9, next_attempt_at = next_attempt_at - interval '1 hour'
      where subject_id = 600 and state = 'PENDING'`);
    const before = ofPoison();
    setting.advance((await breakOf(hook)) + 100);
    await untilState(hook, 'ACTIVE');
    await until(
      async () => (await setting.deliveries(hook.id)).filter(({ state }) => state === 'DELIVERED').length === 20,
      'the others',
    );
    await sleep(200);
    // It was due by itself, once.
    expect(ofPoison()).toBeLessThanOrEqual(before + 1);
    await remove(hook);
  });

  it('when it closes sends at once what had no answer, and leaves what was answered its time', async () => {
    const hook = await setting.hook(status(500));
    await setting.record(changed(650, 1), changed(651, 1));
    await setting.untilReceived(hook.receiver, 2);
    const logged = async () =>
      (await setting.deliveries(hook.id, 'attempts { nodes { status } }')).every(
        ({ attempts }) => (attempts as { nodes: unknown[] }).nodes.length === 1,
      );
    await until(logged, 'both attempts');
    const { database } = setting.product;
    const { clock } = setting;
    await database.rows(sql`
      update webhook_delivery set next_attempt_at = ${clock.now()}::timestamptz + interval '1 hour'
      where subject_id in (650, 651) and state = 'PENDING'`);
    await database.rows(sql`
      update webhook_attempt a set status = null from webhook_delivery d
      where d.id = a.delivery_id and d.subject_id = 651`);
    await database.rows(sql`
      update webhook_endpoint e set state = 'SUSPENDED', failures = 10, suspended_since = ${clock.now()}::timestamptz,
        suspended_until = ${clock.now()}::timestamptz
      from webhook_delivery d where d.endpoint_id = e.id and d.subject_id = 650`);
    hook.receiver.answer = status(200);
    await setting.record(changed(652, 1));
    await untilState(hook, 'ACTIVE');
    await setting.untilReceived(hook.receiver, 4);
    await sleep(200);
    expect(hook.receiver.versions.slice(2)).toEqual([seen(652, 1), seen(651, 1)]);
    await remove(hook);
  });

  it('sends one probe only, however many processes there are', async () => {
    await setting.dispatch();
    await setting.dispatch();
    const hook = await setting.hook(status(500));
    await setting.record(...Array.from({ length: 30 }, (_, i) => changed(200 + i, 1)));
    await untilState(hook, 'SUSPENDED');
    await sleep(300);
    const before = hook.receiver.received.length;
    setting.advance(2 * MINUTE_MS);
    await setting.untilReceived(hook.receiver, before + 1);
    await sleep(400);
    expect(hook.receiver.received).toHaveLength(before + 1);
    await remove(hook);
  });

  it('is closed by who resumes the endpoint', async () => {
    let well = false;
    const hook = await setting.hook((_received, response) => {
      response.writeHead(well ? 200 : 500).end();
    });
    await setting.record(...Array.from({ length: 12 }, (_, i) => changed(300 + i, 1)));
    await untilState(hook, 'SUSPENDED');
    await sleep(200);
    well = true;
    const resumed = await setting.mutate(
      'changeWebhookEndpoint',
      { endpointId: hook.id, paused: false },
      'endpoint { state }',
    );
    expect(resumed).toEqual({ endpoint: { state: 'ACTIVE' }, errors: [] });
    await setting.untilStates(hook.id, ...Array(12).fill('DELIVERED'));
    await remove(hook);
  });

  it('gives way to a pause after five days, and at once where the receiver answers 410', async () => {
    const gone = await setting.hook(status(410));
    await setting.record(changed(400, 1));
    await untilState(gone, 'PAUSED');
    expect(await stateOf(gone)).toMatchObject({ stateReason: 'The receiver answered 410: it wants no more messages.' });
    expect(await setting.deliveries(gone.id)).toMatchObject([{ state: 'PENDING' }]);
    await remove(gone);

    const dead = await setting.hook(status(500));
    await setting.record(...Array.from({ length: 12 }, (_, i) => changed(401 + i, 1)));
    await untilState(dead, 'SUSPENDED');
    await sleep(200);
    setting.advance(5 * DAY_MS + HOUR_MS);
    await untilState(dead, 'PAUSED');
    expect(await stateOf(dead)).toMatchObject({ stateReason: 'No message was taken for five days.' });
    await remove(dead);
  });
});

describe('a paused endpoint', () => {
  it('gets what happened meanwhile when it is resumed', async () => {
    const hook = await setting.hook();
    await setting.mutate('changeWebhookEndpoint', { endpointId: hook.id, paused: true }, 'endpoint { state }');
    await setting.record(changed(500, 1), changed(500, 2));
    await sleep(200);
    expect(hook.receiver.received).toEqual([]);
    expect(await setting.deliveries(hook.id)).toEqual([]);
    await setting.mutate('changeWebhookEndpoint', { endpointId: hook.id, paused: false }, 'endpoint { state }');
    setting.advance(0);
    await setting.untilReceived(hook.receiver, 2);
    expect(hook.receiver.versions).toEqual([seen(500, 1), seen(500, 2)]);
  });
});
