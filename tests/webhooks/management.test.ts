import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { PartnerScope } from '../../src/entities/identity/partner-scope.js';
import { removeOldDeliveries } from '../../src/services/integrations/webhooks/remove-old-deliveries.js';
import { SecretBox } from '../../src/services/integrations/webhooks/secret-box.js';
import { decodeId, encodeId } from '../../src/services/shared/ids/global-id.js';
import { until } from '../support/load-process.js';
import { signInPartner } from '../support/sign-ins.js';
import { isSigned, status } from './receiver.js';
import { changed, WebhookSetting } from './setting.js';

let setting: WebhookSetting;

beforeAll(async () => {
  setting = await WebhookSetting.start({ READ_PLANS: 'compare' });
  await setting.dispatch();
});
afterAll(async () => {
  await setting?.stop();
  expect(setting.failures).toEqual([]);
});

const partner = async (...scopes: PartnerScope[]) => {
  const { actor, token } = await signInPartner(setting.product.database, scopes);
  return { token, key: actor.partnerKeyId };
};
const rescope = (key: string, ...scopes: string[]) =>
  setting.product.database.rows(sql`update partner_key set scopes = ${scopes} where id = ${key}`);
const faultsOf = ({ errors }: { errors: { code: string; path: string[] }[] }) =>
  errors.map(({ code, path }) => `${code} ${path.join('.')}`);

describe('a partner’s endpoint', () => {
  it('is seen and managed by the partner and by who manages all, and by no other partner', async () => {
    const [one, other] = [await partner('webhooks', 'customers:read'), await partner('webhooks', 'customers:read')];
    const hook = await setting.hook(undefined, { token: one.token });
    await setting.record(changed(1, 2));
    await setting.untilStates(hook.id, 'DELIVERED');
    const [delivery] = await setting.deliveries(hook.id);
    const document = `query ($ids: [ID!]!) { nodes(ids: $ids) { id } webhookEndpoints { totalCount }
      webhookDeliveries(filter: { endpointId: "${hook.id}" }) { totalCount } }`;
    const { data: attempts } = await setting.product.graphql(
      `{ webhookDelivery(id: "${delivery!.id}") { attempts { nodes { id delivery { endpoint { id partnerKey { id } } } } } } }`,
      {},
      one.token,
    );
    const [attempt] = attempts.webhookDelivery.attempts.nodes;
    expect(attempt.delivery.endpoint).toEqual({ id: hook.id, partnerKey: { id: encodeId('PartnerKey', one.key) } });
    const ids = [hook.id, delivery!.id, attempt.id];
    const seenBy = async (token: string) => (await setting.product.graphql(document, { ids }, token)).data;
    expect(await seenBy(one.token)).toMatchObject({
      nodes: ids.map((id) => ({ id })),
      webhookEndpoints: { totalCount: 1 },
      webhookDeliveries: { totalCount: 1 },
    });
    expect((await seenBy(await setting.admin())).nodes).toEqual(ids.map((id) => ({ id })));
    expect(await seenBy(other.token)).toEqual({
      nodes: [null, null, null],
      webhookEndpoints: { totalCount: 0 },
      webhookDeliveries: { totalCount: 0 },
    });
    for (const [name, input, fields] of [
      ['changeWebhookEndpoint', { endpointId: hook.id, paused: true }, 'endpoint { id }'],
      ['removeWebhookEndpoint', { endpointId: hook.id }, 'removedId'],
      ['rotateWebhookSecret', { endpointId: hook.id }, 'secret'],
      ['testWebhookEndpoint', { endpointId: hook.id }, 'test { delivered }'],
      ['redeliverWebhook', { deliveryId: delivery!.id }, 'delivery { id }'],
    ] as const) {
      const payload = await setting.mutate(name, input, fields, other.token);
      expect(payload.errors[0]).toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(hook.receiver.received).toHaveLength(1);
  });

  it('gets what the key may read: no id of what it may not, no kind that it may not choose', async () => {
    const { token } = await partner('webhooks', 'calls:read');
    const refused = await setting.mutate(
      'createWebhookEndpoint',
      { url: 'http://127.0.0.1:1/', eventKinds: ['call.recorded', 'customer.changed'] },
      'secret',
      token,
    );
    expect(refused.secret).toBeNull();
    expect(faultsOf(refused)).toEqual(['BAD_USER_INPUT input.eventKinds.1']);
    const hook = await setting.hook(undefined, { token, eventKinds: ['call.recorded'] });
    await setting.record({
      kind: 'call.recorded',
      subject: { kind: 'Call', id: '5', version: 1 },
      data: {
        callId: '5',
        status: 'MISSED',
        direction: 'OUTGOING',
        customerIds: ['1'],
        operatorIds: ['2'],
        groupIds: [],
      },
    });
    await setting.untilReceived(hook.receiver, 1);
    expect(hook.receiver.received[0]!.message.data).toEqual({
      callId: encodeId('Call', '5'),
      status: 'MISSED',
      direction: 'OUTGOING',
      customerIds: null,
      operatorIds: null,
      groupIds: null,
    });
  });

  it('gets less as soon as its key may read less, and what waits is not sent any more', async () => {
    const { token, key } = await partner('webhooks', 'customers:read', 'payments:read');
    const hook = await setting.hook(status(500), { token, eventKinds: ['customer.changed', 'payment.recorded'] });
    await setting.record(changed(1, 3));
    await setting.untilReceived(hook.receiver, 1);
    await rescope(key, 'webhooks', 'payments:read');
    hook.receiver.answer = status(200);
    await setting.record(changed(2, 3), {
      kind: 'payment.recorded',
      subject: { kind: 'Payment', id: '1', version: 1 },
      data: { customerId: '1', contractId: '2', amount: '1.00', currency: 'RUB', method: 'CASH' },
    });
    setting.advance(6_000);
    await setting.untilStates(hook.id, 'CANCELLED', 'DELIVERED');
    expect(hook.receiver.received.map(({ message }) => message.type)).toEqual(['customer.changed', 'payment.recorded']);
    expect(hook.receiver.received[1]!.message.data).toMatchObject({
      customerId: null,
      contractId: null,
      amount: '1.00',
    });
    const [cancelled] = await setting.deliveries(hook.id, 'reason');
    expect(cancelled!.reason).toContain('does not allow');
  });

  it.each([
    [
      'is revoked',
      (key: string) => setting.product.database.rows(sql`update partner_key set revoked_at = now() where id = ${key}`),
    ],
    ['has lost its scope', (key: string) => rescope(key, 'customers:read')],
  ])('gets nothing more once its key %s', async (_name, end) => {
    const { token, key } = await partner('webhooks', 'customers:read');
    const hook = await setting.hook(status(500), { token });
    await setting.record(changed(3, 3));
    await setting.untilReceived(hook.receiver, 1);
    await end(key);
    await setting.record(changed(4, 3));
    await sleep(200);
    setting.advance(6_000);
    await setting.untilStates(hook.id, 'CANCELLED');
    expect(hook.receiver.received).toHaveLength(1);
  });
});

describe('making an endpoint', () => {
  const make = (input: object, token?: string) =>
    setting.mutate(
      'createWebhookEndpoint',
      { url: 'http://127.0.0.1:1/', eventKinds: ['customer.changed'], ...input },
      'secret endpoint { id }',
      token,
    );

  it.each([
    ['another scheme', { url: 'ftp://127.0.0.1/' }, 'input.url'],
    ['no URL', { url: 'nothing' }, 'input.url'],
    ['an empty URL', { url: '' }, 'input.url'],
    ['a password', { url: 'http://a:b@127.0.0.1/' }, 'input.url'],
    ['no kinds', { eventKinds: [] }, 'input.eventKinds'],
    ['an unknown kind', { eventKinds: ['customer.changed', 'nothing.happened'] }, 'input.eventKinds.1'],
    ['an inner kind', { eventKinds: ['import.progressed'] }, 'input.eventKinds.0'],
    ['a property of all objects as kind', { eventKinds: ['constructor'] }, 'input.eventKinds.0'],
    ['too long a description', { description: 'x'.repeat(501) }, 'input.description'],
    ['the id of another kind', { partnerKeyId: encodeId('Customer', '1') }, 'input.partnerKeyId'],
  ])('is refused with %s', async (_name, input, path) => {
    const payload = await make(input);
    expect(payload).toMatchObject({ secret: null, endpoint: null });
    expect(faultsOf(payload)).toEqual([`BAD_USER_INPUT ${path}`]);
  });

  it('is for a partner’s key that may have webhooks, or one’s own', async () => {
    const [one, other] = [await partner('webhooks', 'customers:read'), await partner('customers:read')];
    const keyOf = (key: string) => ({ partnerKeyId: encodeId('PartnerKey', key) });
    expect(faultsOf(await make(keyOf('999999')))).toEqual(['NOT_FOUND input.partnerKeyId']);
    expect(faultsOf(await make(keyOf(other.key)))).toEqual(['STATE_NOT_ALLOWED input.partnerKeyId']);
    expect(faultsOf(await make(keyOf(other.key), one.token))).toEqual(['NOT_FOUND input.partnerKeyId']);
    const { endpoint } = await make(keyOf(one.key));
    const own = await setting.product.graphql('{ webhookEndpoints { nodes { id } } }', {}, one.token);
    expect(own.data.webhookEndpoints.nodes).toEqual([endpoint]);
  });

  it('keeps to a bound for each partner, also side by side', async () => {
    const { token } = await partner('webhooks', 'customers:read');
    const made = await Promise.all(Array.from({ length: 23 }, () => make({}, token)));
    expect(made.filter(({ secret }) => secret !== null)).toHaveLength(20);
    expect(new Set(made.flatMap(faultsOf))).toEqual(new Set(['LIMIT_EXCEEDED input']));
    const { data } = await setting.product.graphql('{ webhookEndpoints { totalCount } }', {}, token);
    expect(data.webhookEndpoints.totalCount).toBe(20);
  });

  it('to a private address is refused unless a setting allows it', async () => {
    const strict = await WebhookSetting.start({ WEBHOOK_ALLOW_PRIVATE: '0' });
    for (const url of ['https://127.0.0.1/', 'https://[::1]/', 'https://localhost/', 'http://8.8.8.8/']) {
      const input = { url, eventKinds: ['customer.changed'] };
      expect(faultsOf(await strict.mutate('createWebhookEndpoint', input, 'secret'))).toEqual([
        'BAD_USER_INPUT input.url',
      ]);
    }
    await strict.stop();
  });

  it('keeps the secret to itself: not in clear in the database, and not in the history', async () => {
    const { secret } = await setting.hook();
    const bare = secret.slice('whsec_'.length);
    const { database } = setting.product;
    const rows = await database.rows<{ text: string }>(sql`
      select e::text as text from webhook_endpoint e union all select c::text from change_record c
      union all select i::text from idempotency_record i`);
    expect(rows.some(({ text }) => text.includes('webhook-endpoint') || text.includes('WEBHOOK_ENDPOINT'))).toBe(true);
    expect(rows.filter(({ text }) => text.includes(bare))).toEqual([]);
  });
});

describe('asking for a secret again with the same key', () => {
  const shown = 'secret endpoint { id }';

  it('makes no other endpoint and shows the same secret; another input is refused', async () => {
    const input = { url: 'http://127.0.0.1:1/', eventKinds: ['customer.changed'], idempotencyKey: 'make once' };
    const [first, repeat] = await Promise.all([1, 2].map(() => setting.mutate('createWebhookEndpoint', input, shown)));
    expect(first.secret).toMatch(/^whsec_/);
    expect(repeat).toEqual(first);
    expect(await setting.mutate('createWebhookEndpoint', input, shown)).toEqual(first);
    const other = await setting.mutate('createWebhookEndpoint', { ...input, description: 'Other' }, shown);
    expect(faultsOf(other)).toEqual(['IDEMPOTENCY_MISMATCH input.idempotencyKey']);
  });

  it('rotates it once', async () => {
    const hook = await setting.hook();
    const input = { endpointId: hook.id, idempotencyKey: 'rotate once' };
    const first = await setting.mutate('rotateWebhookSecret', input, shown);
    expect(await setting.mutate('rotateWebhookSecret', input, shown)).toEqual(first);
    await setting.record(changed(60, 1));
    await setting.untilReceived(hook.receiver, 1);
    expect(isSigned(hook.receiver.received[0]!, first.secret)).toBe(true);
    expect(isSigned(hook.receiver.received[0]!, hook.secret)).toBe(true);
    const rows = await setting.product.database.rows<{ text: string }>(
      sql`select i::text as text from idempotency_record i`,
    );
    expect(rows.some(({ text }) => text.includes('rotate once'))).toBe(true);
    expect(rows.filter(({ text }) => text.includes(first.secret.slice('whsec_'.length)))).toEqual([]);
  });
});

describe('an endpoint whose key was revoked', () => {
  it('is shown as paused, why, and cannot be tried or resumed', async () => {
    const { token, key } = await partner('webhooks', 'customers:read');
    const hook = await setting.hook(undefined, { token });
    await setting.product.database.rows(sql`update partner_key set revoked_at = now() where id = ${key}`);
    const test = await setting.mutate('testWebhookEndpoint', { endpointId: hook.id }, 'test { status }');
    expect(faultsOf(test)).toEqual(['STATE_NOT_ALLOWED input.endpointId']);
    await until(async () => (await setting.endpoint(hook.id, 'state')).state === 'PAUSED', 'a pause');
    expect(await setting.endpoint(hook.id, 'stateReason')).toEqual({ stateReason: 'Its key was revoked.' });
    const resumed = await setting.mutate(
      'changeWebhookEndpoint',
      { endpointId: hook.id, paused: false },
      'endpoint { id }',
    );
    expect(faultsOf(resumed)).toEqual(['STATE_NOT_ALLOWED input.paused']);
    expect(hook.receiver.received).toEqual([]);
  });
});

describe('sending again to an endpoint whose key was revoked', () => {
  it.each([
    ['before it is paused', false],
    ['once it is paused', true],
  ])('is refused %s, and leaves nothing that waits', async (_name, isPaused) => {
    const { token, key } = await partner('webhooks', 'customers:read');
    const { data } = await setting.product.graphql('{ feedCursor }', {}, token);
    const hook = await setting.hook(undefined, { token });
    await setting.record(changed(70, 1));
    await setting.untilStates(hook.id, 'DELIVERED');
    const [delivery] = await setting.deliveries(hook.id);
    if (!isPaused) await setting.rest();
    await setting.product.database.rows(sql`update partner_key set revoked_at = now() where id = ${key}`);
    if (isPaused) await until(async () => (await setting.endpoint(hook.id, 'state')).state === 'PAUSED', 'a pause');
    const again = await setting.mutate('redeliverWebhook', { deliveryId: delivery!.id }, 'delivery { id }');
    const replay = { endpointId: hook.id, after: data.feedCursor };
    const replayed = await setting.mutate('replayWebhooks', replay, 'endpoint { id }');
    if (!isPaused) await setting.dispatch();
    expect(faultsOf(again)).toEqual(['STATE_NOT_ALLOWED input.deliveryId']);
    expect(faultsOf(replayed)).toEqual(['STATE_NOT_ALLOWED input.endpointId']);
    await sleep(200);
    await setting.untilStates(hook.id, 'DELIVERED');
    expect(hook.receiver.received).toHaveLength(1);
  });
});

describe('changing an endpoint', () => {
  it('to what it is leaves no trace in the history', async () => {
    const { id, receiver } = await setting.hook();
    const changes = async () =>
      (
        await setting.product.database.rows(sql`
          select from change_record where kind = 'WEBHOOK_ENDPOINT_CHANGED' and subject_kind = 'WebhookEndpoint'
            and subject_id = ${decodeId(id)!.key}`)
      ).length;
    const before = await changes();
    for (const input of [
      {},
      { paused: false },
      { url: receiver.url, eventKinds: ['customer.changed'], description: '' },
    ]) {
      expect(
        (await setting.mutate('changeWebhookEndpoint', { endpointId: id, ...input }, 'endpoint { id }')).errors,
      ).toEqual([]);
    }
    expect(await changes()).toBe(before);
    await setting.mutate('changeWebhookEndpoint', { endpointId: id, url: `${receiver.url}/other` }, 'endpoint { id }');
    expect(await changes()).toBe(before + 1);
  });

  it.each([
    ['changeWebhookEndpoint', { endpointId: 'nothing' }, 'endpoint { id }', 'BAD_USER_INPUT input.endpointId'],
    [
      'changeWebhookEndpoint',
      { endpointId: encodeId('WebhookEndpoint', '999999') },
      'endpoint { id }',
      'NOT_FOUND input.endpointId',
    ],
    ['changeWebhookEndpoint', { endpointId: 'nothing', url: 'x' }, 'endpoint { id }', 'BAD_USER_INPUT input.url'],
    [
      'changeWebhookEndpoint',
      { endpointId: 'nothing', eventKinds: [] },
      'endpoint { id }',
      'BAD_USER_INPUT input.eventKinds',
    ],
    [
      'removeWebhookEndpoint',
      { endpointId: encodeId('Customer', '1') },
      'removedId',
      'BAD_USER_INPUT input.endpointId',
    ],
    [
      'removeWebhookEndpoint',
      { endpointId: encodeId('WebhookEndpoint', '999999') },
      'removedId',
      'NOT_FOUND input.endpointId',
    ],
    [
      'rotateWebhookSecret',
      { endpointId: encodeId('WebhookEndpoint', '999999') },
      'secret',
      'NOT_FOUND input.endpointId',
    ],
    [
      'testWebhookEndpoint',
      { endpointId: encodeId('WebhookEndpoint', '999999') },
      'test { delivered }',
      'NOT_FOUND input.endpointId',
    ],
    [
      'redeliverWebhook',
      { deliveryId: encodeId('WebhookEndpoint', '1') },
      'delivery { id }',
      'BAD_USER_INPUT input.deliveryId',
    ],
    [
      'redeliverWebhook',
      { deliveryId: encodeId('WebhookDelivery', '999999') },
      'delivery { id }',
      'NOT_FOUND input.deliveryId',
    ],
    [
      'replayWebhooks',
      { endpointId: encodeId('WebhookEndpoint', '999999'), after: 'nothing' },
      'endpoint { id }',
      'BAD_USER_INPUT input.after',
    ],
  ])('%s with %j is refused', async (name, input, fields, fault) => {
    expect(faultsOf(await setting.mutate(name, input, fields))).toEqual([fault]);
  });

  it('sends what waits to the new URL, and events of the new kinds', async () => {
    const hook = await setting.hook(status(500));
    await setting.record(changed(20, 1));
    await setting.untilReceived(hook.receiver, 1);
    const other = await setting.receiver();
    const payload = await setting.mutate(
      'changeWebhookEndpoint',
      { endpointId: hook.id, url: other.url, eventKinds: ['customer.registered'], description: ' New ' },
      'endpoint { url eventKinds description }',
    );
    expect(payload).toEqual({
      endpoint: { url: other.url, eventKinds: ['customer.registered'], description: 'New' },
      errors: [],
    });
    await setting.record(changed(20, 2), {
      kind: 'customer.registered',
      subject: { kind: 'Customer', id: '21', version: 1 },
      data: { customerId: '21' },
    });
    setting.advance(6_000);
    await setting.untilReceived(other, 2);
    expect(other.received.map(({ message }) => message.type).sort()).toEqual([
      'customer.changed',
      'customer.registered',
    ]);
    expect(isSigned(other.received[0]!, hook.secret)).toBe(true);
  });

  it('by removing it leaves nothing to be sent, and housekeeping nothing of it', async () => {
    const hook = await setting.hook(status(500));
    await setting.record(changed(22, 1));
    await setting.untilReceived(hook.receiver, 1);
    const removed = await setting.mutate('removeWebhookEndpoint', { endpointId: hook.id }, 'removedId');
    expect(removed).toEqual({ removedId: hook.id, errors: [] });
    setting.advance(6_000);
    await setting.record(changed(22, 2));
    await sleep(300);
    expect(hook.receiver.received).toHaveLength(1);
    const { data } = await setting.product.graphql(`{ node(id: "${hook.id}") { id } }`, {}, await setting.admin());
    expect(data.node).toBeNull();
    const { database } = setting.product;
    await removeOldDeliveries(database, setting.clock.now());
    const [left] = await database.rows(sql`select id from webhook_endpoint where removed_at is not null`);
    expect(left).toBeUndefined();
  });
});

describe('housekeeping', () => {
  it('forgets deliveries of more than 30 days that have ended, with their attempts, and none that wait', async () => {
    const other = await WebhookSetting.start();
    await other.dispatch();
    const hook = await other.hook(({ message }, response) => {
      response.writeHead(message.subject.id === encodeId('Customer', '1') ? 500 : 200).end();
    });
    await other.record(changed(1, 1), changed(2, 1));
    await other.untilReceived(hook.receiver, 2);
    const { database } = other.product;
    const waitsAndLogged = async () => (await other.deliveries(hook.id, 'state attempts { totalCount }')) as object[];
    const logged = { attempts: { totalCount: 1 } };
    await until(async () => JSON.stringify(await waitsAndLogged()).match(/:1/g)?.length === 2, 'both attempts');
    await removeOldDeliveries(database, new Date(other.clock.now().getTime() + 29 * 24 * 3_600_000));
    expect(await waitsAndLogged()).toHaveLength(2);
    await removeOldDeliveries(database, new Date(other.clock.now().getTime() + 31 * 24 * 3_600_000));
    expect(await waitsAndLogged()).toEqual([{ state: 'PENDING', ...logged }]);
    expect(await database.rows(sql`select id from webhook_attempt`)).toHaveLength(1);
    await other.stop();
  });
});

describe('a secret that cannot be read, since JWT_SECRET is another', () => {
  it('pauses the endpoint without an attempt, until it is rotated and resumed', async () => {
    const other = await WebhookSetting.start();
    const hook = await other.hook();
    const { database, server } = other.product;
    await database.rows(sql`
      update webhook_endpoint set secret = ${new SecretBox('another secret', 'webhook secrets').seal(hook.secret)}`);
    await other.dispatch();
    await other.record(changed(1, 1));
    await until(async () => (await other.endpoint(hook.id, 'state')).state === 'PAUSED', 'a pause');
    const { stateReason } = await other.endpoint(hook.id, 'stateReason');
    expect(stateReason).toContain('JWT_SECRET');
    expect(await other.deliveries(hook.id)).toMatchObject([{ state: 'PENDING', attemptCount: 0 }]);
    const test = await other.mutate('testWebhookEndpoint', { endpointId: hook.id }, 'test { status }');
    expect(faultsOf(test)).toEqual(['STATE_NOT_ALLOWED input.endpointId']);
    const { secret } = await other.mutate('rotateWebhookSecret', { endpointId: hook.id }, 'secret');
    await other.mutate('changeWebhookEndpoint', { endpointId: hook.id, paused: false }, 'endpoint { id }');
    await other.untilStates(hook.id, 'DELIVERED');
    expect(isSigned(hook.receiver.received[0]!, secret)).toBe(true);
    expect(server.house.webhooks.counts).toMatchObject({ delivered: 1, failed: 0 });
    await other.stop();
  });
});

describe('a test', () => {
  it('sends a signed message at once, and says what came of it', async () => {
    const hook = await setting.hook((_received, response) => {
      response.writeHead(202).end('line 1\nline 2');
    });
    const fields = 'test { delivered status error excerpt durationSeconds startedAt }';
    const { test } = await setting.mutate('testWebhookEndpoint', { endpointId: hook.id }, fields);
    expect(test).toMatchObject({ delivered: true, status: 202, error: null, excerpt: 'line 1 line 2' });
    const [received] = hook.receiver.received;
    expect(received!.message).toMatchObject({ type: 'webhook.test', data: { endpointId: hook.id } });
    hook.receiver.answer = status(500);
    const failed = await setting.mutate('testWebhookEndpoint', { endpointId: hook.id }, fields);
    expect(failed.test).toMatchObject({ delivered: false, status: 500, error: 'It was answered with 500.' });
    expect(await setting.endpoint(hook.id, 'state failures')).toEqual({ state: 'ACTIVE', failures: 0 });
  });

  it('is one at a time', async () => {
    const hook = await setting.hook(() => undefined);
    const attempts = await Promise.all(
      [1, 2].map(() => setting.mutate('testWebhookEndpoint', { endpointId: hook.id }, 'test { error }')),
    );
    expect(attempts.flatMap(faultsOf)).toEqual(['RATE_LIMITED input.endpointId']);
    expect(attempts.flatMap(({ test }) => test ?? [])).toEqual([{ error: 'There was no answer within 1 s.' }]);
  });
});
