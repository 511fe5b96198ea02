import { sql } from 'kysely';
import { type RegisterInquiryInput, registerInquiry } from '../../src/services/distribution/register-inquiry.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { decodeId, encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors } from '../support/sign-ins.js';
import {
  close,
  countRecords,
  historyOf,
  inquire,
  makeOperator,
  manage,
  readInquiry,
  untilSomebodyWaits,
} from './manage.js';

const FIELDS = `id name description ownExternalIds sticky asksPresence acceptWithinSeconds answerWithinSeconds
  warnBeforeSeconds skills priority removedAt`;
const DAYS_30 = 30 * 24 * 60 * 60;

let product: Product;
let actors: Actors;

beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
});
afterAll(() => product?.stop());

const asAdmin = (name: string, input: object) =>
  manage(product, name, input, `source { ${FIELDS} }`, actors.admin.token);

let n = 0;
async function made(parts: object = {}): Promise<{ id: string; key: string; name: string }> {
  n += 1;
  const name = `Source ${n}`;
  const { payload, errors } = await asAdmin('createSource', { name, ...parts });
  expect(errors).toEqual([]);
  return { id: payload.source.id, key: decodeId(payload.source.id)!.key, name: payload.source.name };
}

const versionOf = async (key: string) => {
  const [row] = await product.database.rows(sql<{ version: number }>`select version from source where id = ${key}`);
  return row!.version;
};

/** Does something while an inquiry is being registered; that is over once it waits for it. */
async function whileRegistering(
  input: Omit<RegisterInquiryInput, 'idempotencyKey'>,
  meanwhile: () => Promise<void>,
): Promise<void> {
  const registered = Promise.withResolvers<void>();
  const over = Promise.withResolvers<void>();
  const registering = product.database.transact(systemActor('test'), async (work) => {
    n += 1;
    await registerInquiry(work, { ...input, idempotencyKey: `open-${n}` }, () => 0);
    registered.resolve();
    await over.promise;
  });
  await Promise.race([registered.promise, registering]);
  const doing = meanwhile();
  await Promise.race([untilSomebodyWaits(product), doing]);
  over.resolve();
  await Promise.all([registering, doing]);
}

describe('a source that is made', () => {
  it('has what it was made with, and else what the simplest one has', async () => {
    const simple = await asAdmin('createSource', { name: '  Plain  ' });
    const defaults = { description: '', ownExternalIds: false, sticky: false, asksPresence: false, priority: 0 };
    const seconds = { acceptWithinSeconds: null, answerWithinSeconds: null, warnBeforeSeconds: null };
    expect(simple.payload.source).toEqual({
      id: expect.any(String),
      name: 'Plain',
      ...defaults,
      ...seconds,
      skills: [],
      removedAt: null,
    });
    const full = {
      name: 'Повний «бот» 1',
      description: 'Two\nlines',
      ownExternalIds: true,
      sticky: true,
      asksPresence: true,
      acceptWithinSeconds: 1,
      answerWithinSeconds: DAYS_30,
      warnBeforeSeconds: DAYS_30 - 1,
      skills: ['uk', 'billing', 'uk'],
      priority: -100,
    };
    const { payload } = await asAdmin('createSource', full);
    expect(payload.source).toMatchObject({ ...full, skills: ['billing', 'uk'] });
    const nothing = Object.fromEntries(Object.keys({ ...defaults, ...seconds, skills: 0 }).map((k) => [k, null]));
    expect((await asAdmin('createSource', { name: 'Nulls', ...nothing })).payload.source).toMatchObject({
      ...defaults,
      ...seconds,
    });
  });

  it.each([
    [{ name: ' ' }, ['name']],
    [{ name: 'x'.repeat(101) }, ['name']],
    [{ name: 'a\nb' }, ['name']],
    [{ description: 'x'.repeat(2001) }, ['description']],
    [{ acceptWithinSeconds: 0 }, ['acceptWithinSeconds']],
    [{ acceptWithinSeconds: DAYS_30 + 1, answerWithinSeconds: -1 }, ['acceptWithinSeconds', 'answerWithinSeconds']],
    [{ answerWithinSeconds: 10, warnBeforeSeconds: 0 }, ['warnBeforeSeconds']],
    [{ answerWithinSeconds: 10, warnBeforeSeconds: 10 }, ['warnBeforeSeconds']],
    [{ warnBeforeSeconds: 10 }, ['warnBeforeSeconds']],
    [{ priority: 101, skills: ['ok', ''] }, ['skills.1', 'priority']],
    [{ priority: -101 }, ['priority']],
    [{ skills: Array.from({ length: 21 }, (_, i) => `s${i}`) }, ['skills']],
  ])('is refused with %j, each fault with its path', async (parts, paths) => {
    const { payload, errors } = await asAdmin('createSource', { name: 'Faulty', ...parts });
    expect(payload.source).toBeNull();
    expect(errors).toEqual(paths.map((path) => `BAD_USER_INPUT input.${path}`));
    const { id } = await made();
    expect((await asAdmin('changeSource', { sourceId: id, ...parts })).errors).toEqual(errors);
  });

  it('has a name that no other has, whatever its case, also when all are made at once', async () => {
    await asAdmin('createSource', { name: 'Заявка на ДЗВІНОК' });
    expect((await asAdmin('createSource', { name: 'заявка НА дзвінок' })).errors).toEqual(['CONFLICT input.name']);
    const names = ['At Once', 'at once', 'AT ONCE', 'aT oNCE', 'At once', 'at Once'];
    const outcomes = await Promise.all(names.map((name) => asAdmin('createSource', { name })));
    const made = outcomes.filter(({ errors }) => errors.length === 0);
    expect(made).toHaveLength(1);
    expect(outcomes.flatMap(({ errors }) => errors)).toEqual(Array(names.length - 1).fill('CONFLICT input.name'));
  });

  it('keeps it when others are renamed at once', async () => {
    const sources = await Promise.all([1, 2, 3, 4].map(() => made()));
    const outcomes = await Promise.all(
      sources.map(({ id }, i) => asAdmin('changeSource', { sourceId: id, name: i % 2 ? 'RENAMED' : 'renamed' })),
    );
    expect(outcomes.flatMap(({ errors }) => errors)).toEqual(Array(3).fill('CONFLICT input.name'));
    const winner = outcomes.find(({ errors }) => errors.length === 0)!.payload.source;
    const again = await asAdmin('changeSource', { sourceId: winner.id, name: 'ReNamed' });
    expect([again.errors, again.payload.source.name]).toEqual([[], 'ReNamed']);
  });
});

describe('a source that is changed', () => {
  it('keeps what is left out, and loses what is null', async () => {
    const times = { acceptWithinSeconds: 60, answerWithinSeconds: 3600, warnBeforeSeconds: 600 };
    const before = { description: 'One', sticky: true, asksPresence: true, skills: ['a'], priority: 5, ...times };
    const { id, name } = await made(before);
    const sticky = await asAdmin('changeSource', { sourceId: id, sticky: false });
    expect(sticky.payload.source).toMatchObject({ ...before, name, sticky: false });
    const cleared = { acceptWithinSeconds: null, warnBeforeSeconds: null, description: '', skills: [] };
    const kept = { name: null, sticky: null, asksPresence: null, priority: null, ownExternalIds: null };
    const changed = await asAdmin('changeSource', { sourceId: id, ...cleared, ...kept });
    expect(changed.payload.source).toMatchObject({ ...before, name, sticky: false, ...cleared });
  });

  it('has a warning only before a deadline, whichever of the two is changed', async () => {
    const { id } = await made({ answerWithinSeconds: 100, warnBeforeSeconds: 50 });
    const change = async (parts: object) => (await asAdmin('changeSource', { sourceId: id, ...parts })).errors;
    expect(await change({ answerWithinSeconds: null })).toEqual(['BAD_USER_INPUT input.answerWithinSeconds']);
    expect(await change({ answerWithinSeconds: 50 })).toEqual(['BAD_USER_INPUT input.answerWithinSeconds']);
    expect(await change({ warnBeforeSeconds: 100 })).toEqual(['BAD_USER_INPUT input.warnBeforeSeconds']);
    expect(await change({ warnBeforeSeconds: 199, answerWithinSeconds: 200 })).toEqual([]);
    expect(await change({ warnBeforeSeconds: null, answerWithinSeconds: null })).toEqual([]);
  });

  it('is not changed by what it has already, and nothing is recorded', async () => {
    const { id, key, name } = await made({ skills: ['b', 'a'], answerWithinSeconds: 9 });
    const records = await countRecords(product);
    const same = { name, description: ' ', skills: ['a', 'b'], sticky: false, answerWithinSeconds: 9, priority: 0 };
    expect((await asAdmin('changeSource', { sourceId: id, ...same })).errors).toEqual([]);
    expect(await countRecords(product)).toBe(records);
    expect(await versionOf(key)).toBe(1);
  });

  it('keeps every one of changes that are made at once', async () => {
    const { id, key } = await made();
    const changes = [
      { sticky: true },
      { asksPresence: true },
      { priority: 7 },
      { description: 'All' },
      { skills: ['x'] },
    ];
    await Promise.all(changes.map((change) => asAdmin('changeSource', { sourceId: id, ...change })));
    const { data } = await product.graphql(
      `query ($id: ID!) { source(id: $id) { ${FIELDS} } }`,
      { id },
      actors.admin.token,
    );
    expect(data.source).toMatchObject(Object.assign({}, ...changes));
    expect(await versionOf(key)).toBe(1 + changes.length);
  });

  it('distributes by it what comes in from then on, and leaves the rest as it is', async () => {
    const { id, key } = await made();
    const operatorId = await makeOperator(product);
    await manage(
      product,
      'setSourceWeight',
      { sourceId: id, operatorId, weight: '1' },
      'weight { id }',
      actors.admin.token,
    );
    const before = await inquire(product, id);
    await asAdmin('changeSource', {
      sourceId: id,
      acceptWithinSeconds: 60,
      answerWithinSeconds: 600,
      skills: ['rare'],
      priority: 3,
    });
    expect(await readInquiry(product, before.id)).toEqual(before);
    expect(before).toMatchObject({
      operator: operatorId,
      accept_by: null,
      answer_due_at: null,
      skills: [],
      priority: 0,
    });
    const after = await inquire(product, id);
    expect(after).toMatchObject({ operator: null, waiting_reason: 'NO_SKILLS', skills: ['rare'], priority: 3 });
    expect(after.answer_due_at).not.toBeNull();
    await asAdmin('changeSource', { sourceId: id, skills: [] });
    expect((await inquire(product, id)).accept_by).not.toBeNull();
    expect(await versionOf(key)).toBe(4);
  });

  it.each([
    ['Operator', 'BAD_USER_INPUT'],
    ['Source', 'NOT_FOUND'],
  ])('is refused where the id is of no source: %s 999999', async (kind, code) => {
    const sourceId = encodeId(kind, '999999');
    expect((await asAdmin('changeSource', { sourceId, sticky: true })).errors).toEqual([`${code} input.sourceId`]);
    expect((await asAdmin('removeSource', { sourceId })).errors).toEqual([`${code} input.sourceId`]);
  });
});

describe('whether a source has external ids of its own', () => {
  it('is changed while none came in, whatever else did', async () => {
    const { id } = await made();
    await inquire(product, id);
    const { payload } = await asAdmin('changeSource', { sourceId: id, ownExternalIds: true });
    expect(payload.source.ownExternalIds).toBe(true);
  });

  it.each([true, false])('is fixed once one came in: %s', async (ownExternalIds) => {
    const { id } = await made({ ownExternalIds });
    await inquire(product, id, { externalId: `known-${ownExternalIds}` });
    const refused = await asAdmin('changeSource', { sourceId: id, ownExternalIds: !ownExternalIds, sticky: true });
    expect(refused.errors).toEqual(['STATE_NOT_ALLOWED input.ownExternalIds']);
    const allowed = await asAdmin('changeSource', { sourceId: id, ownExternalIds, sticky: true });
    expect(allowed.payload.source).toMatchObject({ ownExternalIds, sticky: true });
  });

  it('is fixed too by one that is coming in just then', async () => {
    const { id } = await made();
    await whileRegistering({ source: id, externalId: 'coming' }, async () => {
      const { errors } = await asAdmin('changeSource', { sourceId: id, ownExternalIds: true });
      expect(errors).toEqual(['STATE_NOT_ALLOWED input.ownExternalIds']);
    });
  });
});

describe('a source that is removed', () => {
  it('must have no active inquiries, and it is said how many there are', async () => {
    const { id } = await made();
    const inquiries = [await inquire(product, id), await inquire(product, id)];
    const two = await asAdmin('removeSource', { sourceId: id });
    expect(two.errors).toEqual(['STATE_NOT_ALLOWED input.sourceId']);
    expect(two.messages[0]).toMatch(/^2 inquiries .* are active/);
    await close(product, inquiries[0]!.id);
    expect((await asAdmin('removeSource', { sourceId: id })).messages[0]).toMatch(/^1 inquiry .* is active/);
    await close(product, inquiries[1]!.id);
    expect((await asAdmin('removeSource', { sourceId: id })).errors).toEqual([]);
  });

  it('must have none that is coming in just then either', async () => {
    const { id } = await made();
    await whileRegistering({ source: id, phone: '+79015550000' }, async () => {
      expect((await asAdmin('removeSource', { sourceId: id })).messages[0]).toMatch(/^1 inquiry/);
    });
  });

  it('takes nothing in, is not changed, and leaves its name to another', async () => {
    const { id, name } = await made();
    const operatorId = await makeOperator(product);
    const weight = { sourceId: id, operatorId, weight: '2' };
    const weigh = (mutation: string, input: object) =>
      manage(product, mutation, input, 'errors { code }', actors.admin.token);
    await weigh('setSourceWeight', weight);
    const { payload } = await asAdmin('removeSource', { sourceId: id });
    expect(payload.source.removedAt).toEqual(expect.any(String));
    for (const source of [id, name]) await expect(inquire(product, source)).rejects.toThrow('There is no such source.');
    const removed = ['STATE_NOT_ALLOWED input.sourceId'];
    expect((await asAdmin('changeSource', { sourceId: id, sticky: true })).errors).toEqual(removed);
    expect((await asAdmin('removeSource', { sourceId: id })).errors).toEqual(removed);
    expect((await weigh('setSourceWeight', { ...weight, weight: '3' })).errors).toEqual(removed);
    expect((await weigh('removeSourceOperator', { sourceId: id, operatorId })).errors).toEqual(removed);
    const other = await asAdmin('createSource', { name: name.toUpperCase() });
    expect(other.errors).toEqual([]);
    expect((await inquire(product, name)).waiting_reason).toBe('NO_OPERATORS');
  });

  it('can still be read, with its weights, where it is asked for', async () => {
    const { id, name } = await made();
    const operatorId = await makeOperator(product);
    await manage(
      product,
      'setSourceWeight',
      { sourceId: id, operatorId, weight: '2' },
      'weight { id }',
      actors.admin.token,
    );
    await asAdmin('removeSource', { sourceId: id });
    const document = `query ($id: ID!, $name: String!, $operatorId: ID!) {
      source(id: $id) { name removedAt weights(first: 5) { nodes { weight operator { id } } } }
      there: sources(filter: { name: $name }) { nodes { name } }
      removed: sources(filter: { name: $name, removed: true }) { nodes { name } }
      operator(id: $operatorId) {
        weights { nodes { weight } }
        now: weights(filter: { sourceRemoved: false }) { nodes { weight } }
        before: weights(filter: { sourceRemoved: true }) { nodes { weight source { id } } } } }`;
    const { data } = await product.graphql(document, { id, name, operatorId }, actors.supervisor.token);
    expect(data).toEqual({
      source: {
        name,
        removedAt: expect.any(String),
        weights: { nodes: [{ weight: '2', operator: { id: operatorId } }] },
      },
      there: { nodes: [] },
      removed: { nodes: [{ name }] },
      operator: {
        weights: { nodes: [{ weight: '2' }] },
        now: { nodes: [] },
        before: { nodes: [{ weight: '2', source: { id } }] },
      },
    });
  });
});

it('the history of a source has what was done to it, for who sees the source', async () => {
  const { id, name } = await made({ answerWithinSeconds: 60, skills: ['a'] });
  await asAdmin('changeSource', { sourceId: id, answerWithinSeconds: null, sticky: true });
  await asAdmin('removeSource', { sourceId: id });
  const history = [
    `SOURCE_CREATED answerWithinSeconds: null → 60, asksPresence: null → false, description: null → , name: null → ${name}, ownExternalIds: null → false, priority: null → 0, skills: null → ["a"], sticky: null → false`,
    'SOURCE_CHANGED answerWithinSeconds: 60 → null, sticky: false → true',
    expect.stringMatching(/^SOURCE_REMOVED removedAt: null → 20/),
  ];
  expect(await historyOf(product, id, actors.admin.token)).toEqual(history);
  expect(await historyOf(product, id, actors.supervisor.token)).toEqual(history);
  expect(await historyOf(product, id, actors.operator.token)).toEqual([]);
});

describe('a name that reads as an id', () => {
  it.each(['Source', 'Lead'])('of %s is refused', async (kind) => {
    const { id } = await made();
    const name = encodeId(kind, '7');
    expect((await asAdmin('createSource', { name })).errors).toEqual(['BAD_USER_INPUT input.name']);
    expect((await asAdmin('changeSource', { sourceId: id, name })).errors).toEqual(['BAD_USER_INPUT input.name']);
  });

  it('takes nothing from the source with this id', async () => {
    const [thief, victim] = [await made(), await made()];
    const name = victim.id;
    await product.database.rows(sql`
      update source set name = ${name}, name_key = lower(${name}) where id = ${thief.key}`);
    const { id } = await inquire(product, victim.id);
    expect(await product.database.rows(sql`select source_id from inquiry where id = ${id}`)).toEqual([
      { source_id: victim.key },
    ]);
    await close(product, id);
    expect((await asAdmin('removeSource', { sourceId: victim.id })).errors).toEqual([]);
    await expect(inquire(product, victim.id)).rejects.toThrow('There is no such source.');
  });
});
