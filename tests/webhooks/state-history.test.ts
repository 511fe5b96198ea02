import { sql } from 'kysely';
import { decodeId } from '../../src/services/shared/ids/global-id.js';
import { until } from '../support/load-process.js';
import { signInPartner } from '../support/sign-ins.js';
import { status } from './receiver.js';
import { changed, type Hook, WebhookSetting } from './setting.js';

const MINUTE_MS = 60_000;
const ITSELF = 'system:webhooks';
const ADMIN = expect.stringMatching(/^user:/);

let setting: WebhookSetting;

beforeAll(async () => {
  setting = await WebhookSetting.start();
  await setting.dispatch();
});
afterAll(async () => {
  await setting?.stop();
  expect(setting.failures).toEqual([]);
});

const untilState = (hook: Hook, state: string) =>
  until(async () => (await setting.endpoint(hook.id, 'state')).state === state, `state ${state}`);
const setPaused = ({ id }: Hook, paused: boolean) =>
  setting.mutate('changeWebhookEndpoint', { endpointId: id, paused }, 'endpoint { id }');
const events = (customer: number, count: number) => Array.from({ length: count }, (_, i) => changed(customer + i, 1));

/** The changes of an endpoint's state that its history has, the first first. */
async function movesOf({ id }: Hook) {
  const rows = await setting.product.database.rows<{ actor: unknown; before: object; after: object }>(sql`
    select actor, before, after from change_record
    where kind = 'WEBHOOK_ENDPOINT_CHANGED' and subject_kind = 'WebhookEndpoint' and subject_id = ${decodeId(id)!.key}
    order by recorded_at, id`);
  return rows.map(({ actor, before, after }) => [actor, before, after]);
}
const move = (actor: unknown, before: string, after: string) => [actor, { state: before }, { state: after }];

describe('the history of an endpoint', () => {
  it('has each state that its circuit came to, and no failure beside', async () => {
    const hook = await setting.hook(status(500));
    await setting.record(...events(100, 12));
    await untilState(hook, 'SUSPENDED');
    await until(async () => Number((await setting.endpoint(hook.id, 'failures')).failures) >= 10, 'the failures');
    hook.receiver.answer = status(200);
    setting.advance(2 * MINUTE_MS);
    await untilState(hook, 'ACTIVE');
    await setting.untilStates(hook.id, ...Array(12).fill('DELIVERED'));
    await setPaused(hook, true);
    expect(await movesOf(hook)).toEqual([
      move(ITSELF, 'ACTIVE', 'SUSPENDED'),
      move(ITSELF, 'SUSPENDED', 'ACTIVE'),
      move(ADMIN, 'ACTIVE', 'PAUSED'),
    ]);
  });

  it('has the pause that an answer of 410 brought, before who resumed it', async () => {
    const hook = await setting.hook(status(410));
    await setting.record(changed(200, 1));
    await untilState(hook, 'PAUSED');
    hook.receiver.answer = status(200);
    await setPaused(hook, false);
    expect(await movesOf(hook)).toEqual([move(ITSELF, 'ACTIVE', 'PAUSED'), move(ADMIN, 'PAUSED', 'ACTIVE')]);
  });

  it('has the pause that a secret brought that cannot be read', async () => {
    const hook = await setting.hook();
    await setting.product.database.rows(sql`
      update webhook_endpoint set secret = 'nothing' where id = ${decodeId(hook.id)!.key}`);
    await setting.record(changed(300, 1));
    await untilState(hook, 'PAUSED');
    expect(await movesOf(hook)).toEqual([move(ITSELF, 'ACTIVE', 'PAUSED')]);
  });

  it('has the pause that a revoked key brought, once, and none of what was paused before', async () => {
    const { actor, token } = await signInPartner(setting.product.database, ['webhooks', 'customers:read']);
    const [hook, still] = [await setting.hook(undefined, { token }), await setting.hook(undefined, { token })];
    await setPaused(still, true);
    await setting.product.database.rows(sql`
      update partner_key set revoked_at = now() where id = ${actor.partnerKeyId}`);
    const why = (one: Hook) => async () =>
      (await setting.endpoint(one.id, 'stateReason')).stateReason === 'Its key was revoked.';
    await until(why(hook), 'a pause');
    await until(why(still), 'the reason');
    expect(await movesOf(hook)).toEqual([move(ITSELF, 'ACTIVE', 'PAUSED')]);
    expect(await movesOf(still)).toEqual([move(ADMIN, 'ACTIVE', 'PAUSED')]);
  });
});
