import { sql } from 'kysely';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { decodeId, encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors, createGroup, signInUser } from '../support/sign-ins.js';
import {
  countRecords,
  historyOf,
  inquire,
  makeOperator,
  manage,
  readInquiry,
  untilSomebodyWaits,
  weightsOf,
} from './manage.js';

/** As many numbers as chance draws from. */
const DRAWS = 2 ** 53;

let product: Product;
let actors: Actors;

beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
});
afterAll(() => product?.stop());

interface Source {
  readonly id: string;
  readonly key: string;
}

let n = 0;
async function makeSource(): Promise<Source> {
  n += 1;
  const input = { name: `Source ${n}` };
  const { payload } = await manage(product, 'createSource', input, 'source { id }', actors.admin.token);
  return { id: payload.source.id, key: decodeId(payload.source.id)!.key };
}

const SHOWN = 'weight { weight operator { id } source { id } }';
const weigh = (source: Source, operatorId: string, weight: unknown, token = actors.admin.token) =>
  manage(product, 'setSourceWeight', { sourceId: source.id, operatorId, weight }, SHOWN, token);
const takeOut = (source: Source, operatorId: string, token = actors.admin.token) =>
  manage(product, 'removeSourceOperator', { sourceId: source.id, operatorId }, 'source { id } removedId', token);

/** A source with operators of these weights. */
async function weighed(...weights: string[]): Promise<[Source, string[]]> {
  const source = await makeSource();
  const operators: string[] = [];
  for (const weight of weights) {
    const operator = await makeOperator(product);
    expect((await weigh(source, operator, weight)).errors).toEqual([]);
    operators.push(operator);
  }
  return [source, operators];
}

const removeOperator = (id: string) =>
  product.database.rows(sql`update operator set active = false, removed_at = now() where id = ${decodeId(id)!.key}`);

describe('a weight', () => {
  it('adds an operator to a source, is changed, and is taken out; each time all of them are kept', async () => {
    const source = await makeSource();
    const [alisa, boris] = [await makeOperator(product), await makeOperator(product)];
    const added = await weigh(source, alisa, '10');
    expect(added.payload.weight).toEqual({ weight: '10', operator: { id: alisa }, source: { id: source.id } });
    await weigh(source, boris, '0.5');
    expect(await weightsOf(product, source.key)).toEqual({
      weights: { [alisa]: '10', [boris]: '0.5' },
      numbers: [1, 2],
    });
    await weigh(source, alisa, '30');
    expect(await weightsOf(product, source.key)).toEqual({
      weights: { [alisa]: '30', [boris]: '0.5' },
      numbers: [1, 2, 3],
    });
    const { payload, errors } = await takeOut(source, alisa);
    expect([payload.source, errors]).toEqual([{ id: source.id }, []]);
    expect(decodeId(payload.removedId)!.kind).toBe('SourceWeight');
    await takeOut(source, boris);
    expect(await weightsOf(product, source.key)).toEqual({ weights: {}, numbers: [1, 2, 3, 4, 5] });
    expect((await takeOut(source, boris)).errors).toEqual(['NOT_FOUND input.operatorId']);
  });

  it.each([
    ['0', '0'],
    [30, '30'],
    ['2.50', '2.5'],
    ['0.000001', '0.000001'],
    ['1000000.000000', '1000000'],
    ['000.1000000000', '0.1'],
    ['999999.999999', '999999.999999'],
  ])('of %j is %s exactly', async (given, kept) => {
    const [source] = await weighed();
    const operator = await makeOperator(product);
    expect((await weigh(source, operator, given)).payload.weight.weight).toBe(kept);
    expect((await weightsOf(product, source.key)).weights).toEqual({ [operator]: kept });
  });

  it.each([
    ['-1', 'must not be negative'],
    ['-0.000001', 'must not be negative'],
    ['1000000.000001', 'must be at most 1000000'],
    ['0.0000001', 'must have at most 6 decimals'],
    ['9'.repeat(100), 'must be a number such as 0.5'],
  ])('of %s is refused: it %s', async (given, message) => {
    const [source, [operator]] = await weighed('1');
    const { errors, messages } = await weigh(source, operator!, given);
    expect([errors, messages]).toEqual([['BAD_USER_INPUT input.weight'], [message]]);
    expect((await weightsOf(product, source.key)).numbers).toEqual([1]);
  });

  it.each([0.5, 'NaN', '1e2', '0x1', '', '½', '1,5'])('of %j is no decimal of the graph', async (given) => {
    const [source, [operator]] = await weighed('1');
    expect((await weigh(source, operator!, given)).errors).toEqual(['BAD_USER_INPUT']);
  });

  it('that is set again changes nothing, and nothing is recorded', async () => {
    const [source, [operator]] = await weighed('2.5');
    const records = await countRecords(product);
    expect((await weigh(source, operator!, '2.500')).payload.weight.weight).toBe('2.5');
    expect((await weightsOf(product, source.key)).numbers).toEqual([1]);
    expect(await countRecords(product)).toBe(records);
  });

  it('is of an operator and a source that are there', async () => {
    const [source, [operator]] = await weighed('1');
    const nobody = encodeId('Operator', '999999');
    const nothing = { id: encodeId('Source', '999999'), key: '999999' };
    expect((await weigh(source, nobody, '1')).errors).toEqual(['NOT_FOUND input.operatorId']);
    expect((await takeOut(source, nobody)).errors).toEqual(['NOT_FOUND input.operatorId']);
    expect((await weigh(nothing, operator!, '1')).errors).toEqual(['NOT_FOUND input.sourceId']);
    expect((await takeOut(nothing, operator!)).errors).toEqual(['NOT_FOUND input.sourceId']);
    expect((await weigh({ ...source, id: operator! }, source.id, '-1')).errors).toEqual([
      'BAD_USER_INPUT input.sourceId',
      'BAD_USER_INPUT input.operatorId',
      'BAD_USER_INPUT input.weight',
    ]);
    await removeOperator(operator!);
    expect((await weigh(source, operator!, '2')).errors).toEqual(['STATE_NOT_ALLOWED input.operatorId']);
  });
});

describe('weights that are set at once', () => {
  it('are all kept, and numbered without a gap', async () => {
    const source = await makeSource();
    const other = await signInUser(product.database, { role: 'admin' });
    const operators = await Promise.all(Array.from({ length: 12 }, () => makeOperator(product)));
    const outcomes = await Promise.all(
      operators.map((operator, i) => weigh(source, operator, `${i}.5`, i % 2 ? other.token : actors.admin.token)),
    );
    expect(outcomes.flatMap(({ errors }) => errors)).toEqual([]);
    const { weights, numbers } = await weightsOf(product, source.key);
    expect(weights).toEqual(Object.fromEntries(operators.map((operator, i) => [operator, `${i}.5`])));
    expect(numbers).toEqual(operators.map((_, i) => i + 1));
    const versions = await product.database.rows(sql<{ version: number }>`
      select subject_version as version from feed.event
      where subject_kind = 'Source' and subject_id = ${source.key} order by xid, position`);
    expect(versions.map(({ version }) => version)).toEqual(Array.from({ length: 13 }, (_, i) => i + 1));
  });

  it('for one operator are one after the other, the last of which holds', async () => {
    const [source, [operator]] = await weighed('1');
    await Promise.all(['2', '3', '4', '5'].map((weight) => weigh(source, operator!, weight)));
    const { weights, numbers } = await weightsOf(product, source.key);
    expect(numbers).toEqual([1, 2, 3, 4, 5]);
    const [last] = await historyOf(product, source.id, actors.admin.token).then((history) => history.slice(-1));
    expect(last).toContain(`→ ${weights[operator!]}`);
  });
});

it('an operator who is being removed gets no weight', async () => {
  const [source, [operator]] = await weighed('1');
  const outcome = await product.database.transact(systemActor('test'), async (work) => {
    await work.rows(sql`
      update operator set active = false, removed_at = ${work.now} where id = ${decodeId(operator!)!.key}`);
    const weighing = weigh(source, operator!, '2');
    await untilSomebodyWaits(product);
    return { weighing };
  });
  expect((await outcome.weighing).errors).toEqual(['STATE_NOT_ALLOWED input.operatorId']);
  expect((await weightsOf(product, source.key)).weights).toEqual({ [operator!]: '1' });
});

describe('who may change the weight of an operator', () => {
  it('is an admin, and a supervisor who answers for their group', async () => {
    const source = await makeSource();
    const ours = await makeOperator(product, { groupId: actors.groupId });
    const theirs = await makeOperator(product, { groupId: await createGroup(product.database) });
    const nobodys = await makeOperator(product);
    const { token } = actors.supervisor;
    expect((await weigh(source, ours, '1', token)).payload.weight.weight).toBe('1');
    for (const operator of [theirs, nobodys]) {
      expect((await weigh(source, operator, '1', token)).errors).toEqual(['FORBIDDEN']);
      expect((await weigh(source, operator, '1')).errors).toEqual([]);
      expect((await takeOut(source, operator, token)).errors).toEqual(['FORBIDDEN']);
    }
    expect((await takeOut(source, ours, token)).errors).toEqual([]);
    expect((await weightsOf(product, source.key)).weights).toEqual({ [theirs]: '1', [nobodys]: '1' });
  });

  it('is nobody else', async () => {
    const [source, [operator]] = await weighed('1');
    for (const { token } of [actors.operator, actors.customer, actors.partner]) {
      expect((await weigh(source, operator!, '2', token)).errors).toEqual(['FORBIDDEN']);
      expect((await takeOut(source, operator!, token)).errors).toEqual(['FORBIDDEN']);
    }
    expect((await weightsOf(product, source.key)).numbers).toEqual([1]);
  });

  it('is not told of sources that they do not see', async () => {
    const { database } = product;
    const permissions = ['weights.change', 'operators.read', 'sources.read-own', 'sources.manage'];
    await database.rows(sql`
      insert into role (name, permissions) values ('weigher', ${permissions}) on conflict do nothing`);
    const { actor, token } = await signInUser(database, { role: 'operator', operator: {} });
    await database.rows(sql`
      update app_user set role_id = (select id from role where name = 'weigher') where id = ${actor.userId}`);
    const own = encodeId('Operator', actor.operatorId!);
    const [hidden, [operator]] = await weighed('1');
    const [seen] = await weighed('1');
    await weigh(seen, own, '1');
    expect((await weigh(hidden, operator!, '2', token)).errors).toEqual(['NOT_FOUND input.sourceId']);
    const change = (source: Source) =>
      manage(product, 'changeSource', { sourceId: source.id, sticky: true }, 'source { sticky }', token);
    expect((await change(hidden)).errors).toEqual(['NOT_FOUND input.sourceId']);
    expect((await weigh(seen, operator!, '2', token)).errors).toEqual([]);
    expect((await change(seen)).payload.source).toEqual({ sticky: true });
  });
});

describe('what comes in', () => {
  it('waits without operators, and where all of them have weight zero', async () => {
    const [missing] = await weighed();
    expect(await inquire(product, missing.id)).toMatchObject({ operator: null, waiting_reason: 'NO_OPERATORS' });
    const [zero] = await weighed('0', '0.000000');
    expect(await inquire(product, zero.id)).toMatchObject({ operator: null, waiting_reason: 'NO_OPERATORS' });
  });

  it('never goes by chance to who has weight zero, or none', async () => {
    const [source, [, positive, , gone]] = await weighed('0', '0.000001', '0', '1000000');
    await takeOut(source, gone!);
    for (const draw of [0, 1, DRAWS / 2, DRAWS - 1]) {
      expect((await inquire(product, source.id, { draw })).operator).toBe(positive);
    }
    await weigh(source, positive!, '0');
    expect(await inquire(product, source.id)).toMatchObject({ operator: null, waiting_reason: 'NO_OPERATORS' });
  });

  it('goes by fractions as they are', async () => {
    const [source, [quarter, rest]] = await weighed('0.5', '1.5');
    const edge = DRAWS / 4;
    for (const [draw, operator] of [
      [0, quarter],
      [edge - 1, quarter],
      [edge, rest],
      [DRAWS - 1, rest],
    ] as const) {
      expect((await inquire(product, source.id, { draw })).operator).toBe(operator);
    }
    await weigh(source, quarter!, '4.5');
    expect((await inquire(product, source.id, { draw: 3 * edge - 1 })).operator).toBe(quarter);
    expect((await inquire(product, source.id, { draw: 3 * edge })).operator).toBe(rest);
  });

  it('goes to others when somebody is taken out, who keep what they have', async () => {
    const [source, [leaving, staying]] = await weighed('1', '1');
    const before = await inquire(product, source.id, { draw: 0 });
    expect(before.operator).toBe(leaving);
    await takeOut(source, leaving!);
    expect(await readInquiry(product, before.id)).toEqual(before);
    expect((await inquire(product, source.id, { draw: 0 })).operator).toBe(staying);
  });
});

it('the history of a source tells whose weight was changed, to who sees all weights', async () => {
  const source = await makeSource();
  const operator = encodeId('Operator', actors.operator.actor.operatorId!);
  await weigh(source, operator, '0.5');
  await weigh(source, operator, '2', actors.supervisor.token);
  await takeOut(source, operator);
  const history = (await historyOf(product, source.id, actors.supervisor.token)).slice(1);
  expect(history).toEqual([
    `SOURCE_WEIGHTS_CHANGED operatorId: null → ${operator}, weight: null → 0.5`,
    `SOURCE_WEIGHTS_CHANGED operatorId: ${operator} → ${operator}, weight: 0.5 → 2`,
    `SOURCE_WEIGHTS_CHANGED operatorId: ${operator} → null, weight: 2 → null`,
  ]);
  expect(await historyOf(product, source.id, actors.operator.token)).toEqual([]);
});

it('an operator more than 500 is added to no source', async () => {
  const source = await makeSource();
  const [first, last] = [await makeOperator(product), await makeOperator(product)];
  await product.database.rows(sql`
    with u as (
      insert into app_user (last_name, first_name, role_id)
        select 'Many', 'N' || n, r.id from role r, generate_series(1, 499) n where r.name = 'operator' returning id
    ), o as (
      insert into operator (user_id, alias, max_load, skills) select id, 'Many ' || id, 5, '{}' from u returning id
    )
    insert into source_weight (source_id, operator_id, weight) select ${source.key}, id, 1 from o`);
  expect((await weigh(source, first, '1')).errors).toEqual([]);
  const { errors, messages } = await weigh(source, last, '1');
  expect(errors).toEqual(['LIMIT_EXCEEDED input.operatorId']);
  expect(messages).toEqual(['At most 500 operators may take inquiries of one source.']);
  expect((await weigh(source, first, '2')).errors).toEqual([]);
  await takeOut(source, first);
  expect((await weigh(source, last, '1')).errors).toEqual([]);
});
