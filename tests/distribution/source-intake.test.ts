import { sql } from 'kysely';
import { systemDraws } from '../../src/services/distribution/draws.js';
import { findIntakeSecrets } from '../../src/services/distribution/find-intake-secrets.js';
import { takeInInquiry } from '../../src/services/distribution/take-in-inquiry.js';
import { SecretBox } from '../../src/services/integrations/webhooks/secret-box.js';
import { sourceActor } from '../../src/services/shared/access/actor.js';
import { decodeId } from '../../src/services/shared/ids/global-id.js';
import { MovableClock } from '../support/movable-clock.js';
import { type Product, startProduct } from '../support/product.js';
import { signInLogin, signInUser } from '../support/sign-ins.js';
import { IntakeSender } from './intake-sender.js';
import { manage, untilSomebodyWaits } from './manage.js';

const HOUR_MS = 3_600_000;
const SOMEBODY = { externalId: 'a-1' };

const clock = new MovableClock();
let product: Product;
let token: string;
let sources = 0;

beforeAll(async () => {
  product = await startProduct({ env: { INTAKE_FAILURES_PER_MINUTE: '100000' }, clock });
  ({ token } = await signInUser(product.database, { role: 'admin' }));
});
afterAll(() => product?.stop());

async function source(): Promise<string> {
  sources += 1;
  const input = { name: `Source ${sources}` };
  return (await manage(product, 'createSource', input, 'source { id }', token)).payload.source.id;
}

const open = (sourceId: string, idempotencyKey: string, as = token) =>
  manage(product, 'openSourceIntake', { sourceId, idempotencyKey }, 'source { id intakeOpen } secret path', as);
const close = (sourceId: string) =>
  manage(product, 'closeSourceIntake', { sourceId }, 'source { id intakeOpen }', token);
const statusOf = async (sender: IntakeSender) => (await sender.send(SOMEBODY)).status;

describe('opening the intake of a source', () => {
  it('shows the secret once, and where to send to; a repeat shows the same, and nothing else does', async () => {
    const sourceId = await source();
    const first = await open(sourceId, 'once');
    expect(first.payload).toEqual({
      source: { id: sourceId, intakeOpen: true },
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
      path: `/intake/${sourceId}`,
      errors: [],
    });
    expect((await open(sourceId, 'once')).payload).toEqual(first.payload);
    const other = await open(await source(), 'once');
    expect(other.errors).toEqual(['IDEMPOTENCY_MISMATCH input.idempotencyKey']);
    const [stored] = await product.database.rows(sql<{ everything: string }>`
      select string_agg(t::text, '') as everything from (
        select s::text from source s union all select r::text from idempotency_record r
        union all select c::text from change_record c union all select e::text from feed.event e) t`);
    expect(stored!.everything).not.toContain(first.payload.secret.slice('whsec_'.length));
  });

  it('lets inquiries in that are signed with it, as from the source', async () => {
    const sourceId = await source();
    const sender = await IntakeSender.open(product, sourceId, token);
    const { status, inquiry } = await sender.send(SOMEBODY);
    expect(status).toBe(201);
    const { data } = await product.graphql(
      `query ($id: ID!) { inquiry(id: $id) { source { id name } history { nodes { kind actor { kind name user { id } }
        client { address } } } } }`,
      { id: inquiry!.id },
      token,
    );
    const { name } = data.inquiry.source;
    expect(data.inquiry.source.id).toBe(sourceId);
    expect(data.inquiry.history.nodes).toEqual([
      { kind: 'INQUIRY_REGISTERED', actor: { kind: 'SOURCE', name, user: null }, client: { address: '127.0.0.1' } },
    ]);
  });

  it('again gives another secret, beside which the one before holds for a day, and the one before that no more', async () => {
    const sourceId = await source();
    const first = await IntakeSender.open(product, sourceId, token);
    const second = await IntakeSender.open(product, sourceId, token);
    expect(second.secret).not.toBe(first.secret);
    expect([await statusOf(first), await statusOf(second)]).toEqual([201, 201]);
    clock.advance(23 * HOUR_MS);
    expect([await statusOf(first), await statusOf(second)]).toEqual([201, 201]);
    clock.advance(HOUR_MS + 1000);
    ({ token } = await signInUser(product.database, { role: 'admin' }));
    expect([await statusOf(first), await statusOf(second)]).toEqual([401, 201]);
    const third = await IntakeSender.open(product, sourceId, token);
    const fourth = await IntakeSender.open(product, sourceId, token);
    expect([await statusOf(second), await statusOf(third), await statusOf(fourth)]).toEqual([401, 201, 201]);
  });

  it('shows no secret once more that holds no more: closed, replaced twice, or replaced a day ago', async () => {
    const admin = await signInUser(product.database, { role: 'admin' });
    const { loginId } = admin.actor;
    token = admin.token;
    const [closed, rotated] = [await source(), await source()];
    const refused = ['STATE_NOT_ALLOWED input.idempotencyKey'];
    await open(closed, 'closed 1');
    await close(closed);
    const repeated = await open(closed, 'closed 1');
    expect([repeated.errors, repeated.payload.secret]).toEqual([refused, null]);
    await open(closed, 'closed 2');
    expect((await open(closed, 'closed 1')).errors).toEqual(refused);
    const { secret } = (await open(rotated, 'rotated 1')).payload;
    await open(rotated, 'rotated 2');
    expect((await open(rotated, 'rotated 1')).payload.secret).toBe(secret);
    await open(rotated, 'rotated 3');
    expect((await open(rotated, 'rotated 1')).errors).toEqual(refused);
    expect((await open(rotated, 'rotated 2')).errors).toEqual([]);
    clock.advance(24 * HOUR_MS + 1000);
    token = await signInLogin(product.database, loginId, 'user');
    expect((await open(rotated, 'rotated 2')).errors).toEqual(refused);
    expect((await open(rotated, 'rotated 3')).errors).toEqual([]);
  });

  it('leaves no secret anywhere once it is closed, sealed or not', async () => {
    const box = product.server.house.intakeSecrets;
    const sourceId = await source();
    await open(sourceId, 'gone');
    await close(sourceId);
    const kept = await product.database.rows(sql<{ text: string | null }>`
      select value as text from idempotency_record, jsonb_each_text(result)
      where operation = 'openSourceIntake' and jsonb_typeof(result) = 'object'
      union all select intake_secret from source where id = ${decodeId(sourceId)!.key}
      union all select previous_intake_secret from source where id = ${decodeId(sourceId)!.key}`);
    expect(kept.length).toBeGreaterThan(2);
    expect(kept.filter(({ text }) => text !== null && box.canOpen(text))).toEqual([]);
  });

  it('is on record, without the secret, with the source’s versions', async () => {
    const sourceId = await source();
    await open(sourceId, 'recorded 1');
    await open(sourceId, 'recorded 2');
    await close(sourceId);
    const events = await product.database.rows(sql<object>`
      select kind, subject_version as version, data from feed.event
      where subject_kind = 'Source' and subject_id = ${decodeId(sourceId)!.key} order by xid, position`);
    expect(events.slice(1)).toEqual([
      { kind: 'source.intake-opened', version: 2, data: { rotated: false } },
      { kind: 'source.intake-opened', version: 3, data: { rotated: true } },
      { kind: 'source.intake-closed', version: 4, data: {} },
    ]);
    const { data } = await product.graphql(
      'query ($id: ID!) { source(id: $id) { history { nodes { kind changes { field before after } } } } }',
      { id: sourceId },
      token,
    );
    const changed = (before: string, after: string) => [{ field: 'intakeOpen', before, after }];
    expect(data.source.history.nodes.slice(0, 3)).toEqual([
      { kind: 'SOURCE_INTAKE_CLOSED', changes: changed('true', 'false') },
      { kind: 'SOURCE_INTAKE_OPENED', changes: [] },
      { kind: 'SOURCE_INTAKE_OPENED', changes: changed('false', 'true') },
    ]);
  });

  it('is for who manages sources, of sources that are there', async () => {
    const sourceId = await source();
    const supervisor = await signInUser(product.database, { role: 'supervisor' });
    expect((await open(sourceId, 'not allowed', supervisor.token)).errors).toEqual(['FORBIDDEN']);
    expect((await open(token, 'no id')).errors).toEqual(['BAD_USER_INPUT input.sourceId']);
    expect((await open('U291cmNlOjk5OTk5OQ', 'unknown')).errors).toEqual(['NOT_FOUND input.sourceId']);
    await manage(product, 'removeSource', { sourceId }, 'source { id }', token);
    expect((await open(sourceId, 'removed')).errors).toEqual(['STATE_NOT_ALLOWED input.sourceId']);
    expect((await close(sourceId)).errors).toEqual(['STATE_NOT_ALLOWED input.sourceId']);
  });
});

describe('an intake takes nothing in', () => {
  it('once it is closed, with any secret that held; to close it again changes nothing', async () => {
    const sourceId = await source();
    const senders = [
      await IntakeSender.open(product, sourceId, token),
      await IntakeSender.open(product, sourceId, token),
    ];
    expect((await close(sourceId)).payload.source).toEqual({ id: sourceId, intakeOpen: false });
    expect(await Promise.all(senders.map(statusOf))).toEqual([401, 401]);
    expect((await close(sourceId)).errors).toEqual([]);
    const [row] = await product.database.rows(sql<{ version: number }>`
      select version from source where id = ${decodeId(sourceId)!.key}`);
    expect(row!.version).toBe(4);
    // What held before does not hold again.
    const after = await IntakeSender.open(product, sourceId, token);
    expect([await statusOf(senders[1]!), await statusOf(after)]).toEqual([401, 201]);
  });

  it('that was signed as it should be when the intake was open, and is only registered after it was closed', async () => {
    const { database, server } = product;
    const sourceId = await source();
    await IntakeSender.open(product, sourceId, token);
    const found = await findIntakeSecrets(database, server.house.intakeSecrets, sourceId, clock.now(), () => {});
    const sender = { sourceId: found!.sourceId, sealed: found!.secrets[0]!.sealed };
    const register = (externalId: string, meanwhile = async () => {}) =>
      database.transact(sourceActor(sender.sourceId), async (work) => {
        await takeInInquiry(work, { sender, messageId: externalId, body: { externalId } }, systemDraws);
        await meanwhile();
      });
    // Whoever closes it waits for what is being registered; what comes later is not.
    let closing: ReturnType<typeof close> | undefined;
    await register('in-time', async () => {
      closing = close(sourceId);
      await untilSomebodyWaits(product);
    });
    expect((await closing!).errors).toEqual([]);
    await expect(register('too-late')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    // Nor by that secret when another holds, and the one before that.
    await IntakeSender.open(product, sourceId, token);
    await expect(register('too-late')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const rows = await database.rows(sql`select external_id from inquiry where source_id = ${sender.sourceId}`);
    expect(rows).toEqual([{ external_id: 'in-time' }]);
  });

  it('once the source is removed', async () => {
    const sourceId = await source();
    const sender = await IntakeSender.open(product, sourceId, token);
    await manage(product, 'removeSource', { sourceId }, 'source { id }', token);
    expect(await sender.send(SOMEBODY)).toMatchObject({ status: 401, errors: ['UNAUTHENTICATED'] });
    const { data } = await product.graphql(`{ source(id: "${sourceId}") { intakeOpen } }`, {}, token);
    expect(data.source.intakeOpen).toBe(false);
  });

  it('while its secret cannot be read, since JWT_SECRET is another; opened again, it does', async () => {
    const sourceId = await source();
    const sender = await IntakeSender.open(product, sourceId, token);
    const sealed = new SecretBox('another secret', 'source intake secrets').seal(sender.secret);
    await product.database.rows(sql`
      update source set intake_secret = ${sealed} where id = ${decodeId(sourceId)!.key}`);
    expect(await sender.send(SOMEBODY)).toMatchObject({ status: 401, errors: ['UNAUTHENTICATED'] });
    const renewed = await IntakeSender.open(product, sourceId, token);
    expect([await statusOf(sender), await statusOf(renewed)]).toEqual([401, 201]);
  });
});
