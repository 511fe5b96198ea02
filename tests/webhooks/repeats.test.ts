import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { encodeFeedCursor } from '../../src/services/shared/events/feed-cursor.js';
import { FeedLog } from '../../src/services/shared/events/feed-log.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { until } from '../support/load-process.js';
import { isSigned } from './receiver.js';
import { changed, seen, WebhookSetting } from './setting.js';

let setting: WebhookSetting;

beforeAll(async () => {
  setting = await WebhookSetting.start({ READ_PLANS: 'compare' });
  await setting.dispatch();
});
afterAll(async () => {
  await setting?.stop();
  expect(setting.failures).toEqual([]);
});

const faultsOf = ({ errors }: { errors: { code: string; path: string[] }[] }) =>
  errors.map(({ code, path }) => `${code} ${path.join('.')}`);

/** As if the log had dropped all but its last so many events. */
async function dropLog(butLast: number): Promise<void> {
  await setting.product.database.rows(sql`
      update feed.epoch set (dropped_xid, dropped_position) =
        (select xid, position from feed.event order by xid desc, position desc offset ${butLast} limit 1)`);
  await setting.product.database.rows(sql`
      delete from feed.event using feed.epoch where (event.xid, event.position) <= (dropped_xid, dropped_position)`);
}

describe('what was sent', () => {
  it('is sent again on demand, with its id', async () => {
    const hook = await setting.hook();
    await setting.record(changed(30, 1));
    await setting.untilStates(hook.id, 'DELIVERED');
    const [{ id } = { id: '' }] = await setting.deliveries(hook.id);
    const { delivery } = await setting.mutate(
      'redeliverWebhook',
      { deliveryId: id },
      'delivery { id state attemptCount }',
    );
    expect(delivery).toEqual({ id, state: 'PENDING', attemptCount: 0 });
    setting.advance(0);
    await setting.untilReceived(hook.receiver, 2);
    expect(hook.receiver.received[1]!.id).toBe(hook.receiver.received[0]!.id);
    await setting.untilStates(hook.id, 'DELIVERED');
    const [again] = await setting.deliveries(hook.id, 'attempts { totalCount }');
    expect(again).toEqual({ attempts: { totalCount: 2 } });
  });

  it('is replayed from a cursor in order, what was there with its id, also of kinds that are new', async () => {
    const hook = await setting.hook();
    await setting.record(changed(31, 1));
    await setting.record({
      kind: 'customer.registered',
      subject: { kind: 'Customer', id: '31', version: 1 },
      data: { customerId: '31' },
    });
    await setting.record(changed(31, 2));
    await setting.record(changed(31, 3));
    await setting.untilStates(hook.id, 'DELIVERED', 'DELIVERED', 'DELIVERED');
    const first = [...hook.receiver.received];
    const input = { endpointId: hook.id, eventKinds: ['customer.changed', 'customer.registered'] };
    await setting.mutate('changeWebhookEndpoint', input, 'endpoint { id }');
    const replayed = await setting.mutate(
      'replayWebhooks',
      { endpointId: hook.id, after: first[0]!.message.cursor },
      'endpoint { id }',
    );
    expect(replayed).toEqual({ endpoint: { id: hook.id }, errors: [] });
    setting.advance(0);
    await setting.untilReceived(hook.receiver, 6);
    await sleep(200);
    const registered = `customer.registered ${encodeId('Customer', '31')} 1`;
    expect(hook.receiver.versions.slice(3)).toEqual([registered, seen(31, 2), seen(31, 3)]);
    expect(hook.receiver.received.slice(4).map(({ id }) => id)).toEqual(first.slice(1).map(({ id }) => id));
  });

  it('is not replayed from where the log does not reach, from another log, or from what is to come', async () => {
    const hook = await setting.hook();
    const { epoch, xid, position } = await new FeedLog(setting.product.database).end();
    const replay = async (after: string) =>
      faultsOf(await setting.mutate('replayWebhooks', { endpointId: hook.id, after }, 'endpoint { id }'));
    const elsewhere = '00000000-0000-4000-8000-000000000000';
    expect(await replay(encodeFeedCursor(elsewhere, { xid, position }))).toEqual(['NOT_FOUND input.after']);
    expect(await replay(encodeFeedCursor(epoch, { xid: xid + 1000n, position }))).toEqual([
      'BAD_USER_INPUT input.after',
    ]);
    await setting.record(changed(32, 1));
    await setting.untilReceived(hook.receiver, 1);
    const { cursor } = hook.receiver.received[0]!.message;
    await setting.record(changed(32, 2));
    await setting.untilReceived(hook.receiver, 2);
    await dropLog(0);
    expect(await replay(cursor)).toEqual(['NOT_FOUND input.after']);
    await sleep(100);
    expect(hook.receiver.received).toHaveLength(2);
  });
});

describe('events that are lost', () => {
  it('since the log was cut while an endpoint was paused are told of, and the rest is sent', async () => {
    const hook = await setting.hook();
    const pause = (paused: boolean) =>
      setting.mutate('changeWebhookEndpoint', { endpointId: hook.id, paused }, 'endpoint { id }');
    await pause(true);
    for (const version of [1, 2, 3]) await setting.record(changed(40, version));
    await dropLog(1);
    await pause(false);
    setting.advance(0);
    await setting.untilReceived(hook.receiver, 2);
    const gap = hook.receiver.received.find(({ message }) => message.type === 'webhook.gap');
    expect(gap!.message).toMatchObject({ subject: { id: hook.id }, data: { reason: 'LOG_DROPPED' } });
    expect(isSigned(gap!, hook.secret)).toBe(true);
    expect(hook.receiver.versions).toContain(seen(40, 3));
    expect(await setting.endpoint(hook.id, 'gapReason')).toEqual({ gapReason: 'LOG_DROPPED' });
  });

  it('since the database was restored are told of, and sending goes on', async () => {
    const hook = await setting.hook();
    await setting.product.database.rows(sql`update feed.epoch set log = gen_random_uuid()`);
    await until(async () => (await setting.endpoint(hook.id, 'gapReason')).gapReason === 'LOG_REPLACED', 'a gap');
    await setting.record(changed(41, 1));
    await setting.untilReceived(hook.receiver, 2);
    expect(hook.receiver.received[0]!.message).toMatchObject({ type: 'webhook.gap', data: { reason: 'LOG_REPLACED' } });
    expect(hook.receiver.versions[1]).toBe(seen(41, 1));
  });
});
