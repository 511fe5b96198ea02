import { setTimeout as sleep } from 'node:timers/promises';
import { decodeFeedCursor } from '../../src/services/shared/events/feed-cursor.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { until } from '../support/load-process.js';
import { isSigned, type Received, status } from './receiver.js';
import { changed, seen, WebhookSetting } from './setting.js';

let setting: WebhookSetting;

beforeAll(async () => {
  setting = await WebhookSetting.start();
  await setting.dispatch();
});
afterAll(() => setting?.stop());

const ATTEMPTS = 'id state attempts { nodes { status error excerpt durationSeconds } }';
type Attempts = {
  nodes: { status: number | null; error: string | null; excerpt: string | null; durationSeconds: number }[];
};
const attemptsOf = (delivery: Record<string, unknown> | undefined) => (delivery!.attempts as Attempts).nodes;

describe('a message', () => {
  it('is signed as Standard Webhooks has it, says what is documented and nothing else, and is of chosen kinds', async () => {
    const hook = await setting.hook();
    const before = Date.now();
    await setting.record(changed(1, 2), {
      kind: 'customer.registered',
      subject: { kind: 'Customer', id: '2', version: 1 },
      data: { customerId: '2' },
    });
    await setting.untilReceived(hook.receiver, 1);
    await sleep(100);
    const [received, ...more] = hook.receiver.received as [Received, ...Received[]];
    expect(more).toEqual([]);
    expect(isSigned(received, hook.secret)).toBe(true);
    expect(isSigned({ ...received, body: `${received.body} ` }, hook.secret)).toBe(false);
    const { timestamp, cursor, ...message } = received.message;
    expect(message).toEqual({
      type: 'customer.changed',
      subject: { type: 'Customer', id: encodeId('Customer', '1'), version: 2 },
      data: { customerId: encodeId('Customer', '1'), changed: ['name'] },
    });
    expect(Math.abs(Date.parse(timestamp) - before)).toBeLessThan(60_000);
    expect(decodeFeedCursor(cursor)).toBeDefined();
    const [delivery] = await setting.deliveries(hook.id, `messageId subjectId kind ${ATTEMPTS}`);
    expect(delivery).toMatchObject({
      state: 'DELIVERED',
      messageId: received.id,
      kind: 'customer.changed',
      subjectId: encodeId('Customer', '1'),
      attempts: { nodes: [{ status: 200, error: null, excerpt: 'ok' }] },
    });
  });

  it('is signed with the old secret too for a day after a rotation, and never shows a secret again', async () => {
    const hook = await setting.hook();
    const rotated = await setting.mutate(
      'rotateWebhookSecret',
      { endpointId: hook.id },
      'secret endpoint { id previousSecretUntil }',
    );
    expect(rotated.secret).not.toBe(hook.secret);
    await setting.record(changed(1, 3));
    await setting.untilReceived(hook.receiver, 1);
    const [first] = hook.receiver.received as [Received];
    expect([isSigned(first, hook.secret), isSigned(first, rotated.secret)]).toEqual([true, true]);
    expect(String(first.headers['webhook-signature']).split(' ')).toHaveLength(2);
    // The library takes messages of now only: what holds after a day is seen by how many signatures there are.
    setting.advance(25 * 60 * 60 * 1000);
    await setting.record(changed(1, 4));
    await setting.untilReceived(hook.receiver, 2);
    expect(String(hook.receiver.received[1]!.headers['webhook-signature']).split(' ')).toHaveLength(1);
  });

  it('is given up in time where the receiver is slow, and tried again', async () => {
    const hook = await setting.hook((_received, response, count) => {
      if (count > 1) response.end();
    });
    await setting.record(changed(1, 5));
    await until(
      async () =>
        attemptsOf((await setting.deliveries(hook.id, ATTEMPTS))[0] ?? { attempts: { nodes: [] } }).length > 0,
      'an attempt',
    );
    const [attempt] = attemptsOf((await setting.deliveries(hook.id, ATTEMPTS))[0]);
    expect(attempt).toMatchObject({ status: null, error: 'There was no answer within 1 s.' });
    expect(attempt!.durationSeconds).toBeGreaterThanOrEqual(0.99);
    // On a busy machine the next attempt may come too late as well.
    await until(async () => {
      setting.advance(60_000);
      await sleep(1_200);
      return (await setting.deliveries(hook.id)).every(({ state }) => state === 'DELIVERED');
    }, 'the delivery');
    // What another test recorded just before may come too; what was given up came again as the same message.
    const ids = hook.receiver.received.map(({ id }) => id);
    expect(new Set(ids).size).toBeLessThan(ids.length);
  });

  it.each([
    ['an endless answer', 200, 'DELIVERED', null],
    ['an endless failure', 500, 'PENDING', 'It was answered with 500.'],
  ])('costs no more than a beginning of %s', async (_name, code, state, error) => {
    let written = 0;
    const hook = await setting.hook((_received, response) => {
      response.writeHead(code);
      const chunk = `${'x'.repeat(16_383)}\u0000`;
      const write = () => {
        while (!response.destroyed && response.write(chunk)) written += chunk.length;
      };
      response.on('drain', write);
      write();
    });
    await setting.record(changed(1, 6));
    await until(
      async () =>
        attemptsOf((await setting.deliveries(hook.id, ATTEMPTS))[0] ?? { attempts: { nodes: [] } }).length > 0,
      'an attempt',
    );
    const [delivery] = await setting.deliveries(hook.id, ATTEMPTS);
    expect(delivery!.state).toBe(state);
    expect(attemptsOf(delivery)[0]).toMatchObject({ status: code, error });
    expect(attemptsOf(delivery)[0]!.excerpt!.length).toBeLessThanOrEqual(1_000);
    expect(written).toBeLessThan(20_000_000);
    await setting.mutate('removeWebhookEndpoint', { endpointId: hook.id }, 'removedId');
  });

  it('does not follow a redirection', async () => {
    const other = await setting.receiver();
    const hook = await setting.hook(status(307, { location: other.url }));
    await setting.record(changed(1, 7));
    await until(
      async () =>
        attemptsOf((await setting.deliveries(hook.id, ATTEMPTS))[0] ?? { attempts: { nodes: [] } }).length > 0,
      'an attempt',
    );
    expect(attemptsOf((await setting.deliveries(hook.id, ATTEMPTS))[0])[0]).toMatchObject({
      status: 307,
      error: 'It was answered with 307: redirections are not followed.',
    });
    expect(other.received).toEqual([]);
  });

  it('is told of as not answered where nobody listens', async () => {
    const hook = await setting.hook();
    await hook.receiver.stop();
    await setting.record(changed(1, 8));
    await until(
      async () =>
        attemptsOf((await setting.deliveries(hook.id, ATTEMPTS))[0] ?? { attempts: { nodes: [] } }).length > 0,
      'an attempt',
    );
    expect(attemptsOf((await setting.deliveries(hook.id, ATTEMPTS))[0])[0]!.error).toMatch(
      /^There was no answer: .*ECONNREFUSED/,
    );
  });
});

describe('the order', () => {
  it('of a subject holds through failures, and others do not wait for it', async () => {
    const failing = encodeId('Customer', '7');
    const hook = await setting.hook(({ message }, response, count) => {
      const fails = message.subject.id === failing && message.subject.version === 2 && count < 20 && failures++ < 2;
      response.writeHead(fails ? 503 : 204).end();
    });
    let failures = 0;
    await setting.record(...[1, 2, 3].flatMap((version) => [changed(7, version), changed(8, version)]));
    await setting.untilReceived(hook.receiver, 5);
    await sleep(200);
    const ofOne = (customer: number) =>
      hook.receiver.versions.filter((one) => one.includes(encodeId('Customer', String(customer))));
    expect(ofOne(8)).toEqual([seen(8, 1), seen(8, 2), seen(8, 3)]);
    expect(ofOne(7)).toEqual([seen(7, 1), seen(7, 2)]);
    setting.advance(6_000);
    await setting.untilReceived(hook.receiver, 6);
    setting.advance(21_000);
    await setting.untilReceived(hook.receiver, 8);
    expect(ofOne(7)).toEqual([seen(7, 1), seen(7, 2), seen(7, 2), seen(7, 2), seen(7, 3)]);
    await setting.untilStates(hook.id, ...Array(6).fill('DELIVERED'));
  });

  it('of a subject holds where many are recorded one after the other, and no message comes twice', async () => {
    const hook = await setting.hook();
    for (let version = 1; version <= 15; version += 1) await setting.record(changed(9, version), changed(10, version));
    await setting.untilReceived(hook.receiver, 30);
    for (const customer of [9, 10]) {
      const ofOne = hook.receiver.versions.filter((one) => one.includes(encodeId('Customer', String(customer))));
      expect(ofOne).toEqual(Array.from({ length: 15 }, (_, i) => seen(customer, i + 1)));
    }
  });

  it('keeps messages to one endpoint side by side within a bound', async () => {
    let now = 0;
    let most = 0;
    const hook = await setting.hook(async (_received, response) => {
      now += 1;
      most = Math.max(most, now);
      await sleep(30);
      now -= 1;
      response.end();
    });
    await setting.record(...Array.from({ length: 30 }, (_, i) => changed(100 + i, 1)));
    await setting.untilReceived(hook.receiver, 30);
    expect(most).toBeLessThanOrEqual(8);
    expect(most).toBeGreaterThan(2);
  });
});

afterAll(() => expect(setting.failures).toEqual([]));
