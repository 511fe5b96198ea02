import { sql } from 'kysely';
import type { Draws } from '../../src/services/distribution/draws.js';
import { divideWeight } from '../../src/services/distribution/replay-choice.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { statementsOf } from '../support/count-statements.js';
import { Draw } from '../support/draw.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors, signInPartner } from '../support/sign-ins.js';
import { ChoiceWorld, LAST_DRAW, type SourceParts } from './choice-world.js';

const EXPLANATION = `way draw totalWeight point agrees replayedOperator { id }
  candidates { operator { id } weight state share from until chosen }`;
const EXPLAIN = `query ($id: ID!) { inquiry(id: $id) { assignments { nodes { explain { ${EXPLANATION} } } } } }`;
const REGISTER = `mutation ($source: String!, $who: String!, $skills: [String!]) {
  registerInquiry(input: { source: $source, externalId: $who, skills: $skills, idempotencyKey: $who }) {
    inquiry { id } errors { code path } } }`;

/** What the next inquiry is drawn by. */
let next = 0;
const draws: Draws = () => next;

let product: Product;
let actors: Actors;
let world: ChoiceWorld;
let n = 0;

beforeAll(async () => {
  product = await startProduct({ draws });
  actors = await createActors(product.database);
  world = new ChoiceWorld(product.database);
});
afterAll(() => product?.stop());

/** Registers an inquiry, over GraphQL and by the draw told; gives its id. */
async function register(source: string, draw: number, parts: { who?: string; skills?: string[] } = {}) {
  n += 1;
  next = draw;
  const variables = { source: encodeId('Source', source), who: parts.who ?? `Who ${n}`, skills: parts.skills };
  const { data } = await product.graphql(REGISTER, variables, actors.admin.token);
  expect(data.registerInquiry.errors).toEqual([]);
  return data.registerInquiry.inquiry.id as string;
}

async function explain(id: string, token = actors.admin.token) {
  const { data, errors } = await product.graphql(EXPLAIN, { id }, token);
  if (errors) throw new Error(JSON.stringify(errors));
  return data.inquiry.assignments.nodes[0].explain;
}

/** A source with an operator of each weight. */
async function weighed(weights: readonly (string | number)[], parts: SourceParts = {}) {
  const keys = await world.operators(weights.length);
  const source = await world.source(Object.fromEntries(keys.map((key, i) => [key, weights[i]!])), parts);
  return { source, keys, ids: keys.map((key) => encodeId('Operator', key)) };
}

const eligible = (id: string, weight: string, share: string, from: string, until: string, chosen: boolean) => ({
  operator: { id },
  weight,
  state: 'ELIGIBLE',
  share,
  from,
  until,
  chosen,
});
const not = (state: string, id: string, weight: string) => ({
  operator: { id },
  weight,
  state,
  share: '0',
  from: null,
  until: null,
  chosen: false,
});

describe('an assignment by chance', () => {
  it('is explained by the draw, the weights, and who stood in nobody’s way', async () => {
    const keys = await world.operators(3, { skills: ['uk'] });
    const others = [
      await world.operator({ active: false }),
      await world.operator(),
      await world.operator({ skills: ['uk'], schedule: {} }),
      await world.operator({ skills: ['uk'], maxLoad: 0 }),
    ];
    const ids = [...keys, ...others].map((key) => encodeId('Operator', key));
    const weights = ['10', '0', '30', '1', '2.5', '3', '4'];
    const source = await world.source(Object.fromEntries([...keys, ...others].map((key, i) => [key, weights[i]!])));
    // Three eighths of 2^53.
    const id = await register(source, 3_377_699_720_527_872, { skills: ['uk'] });
    expect(await explain(id)).toEqual({
      way: 'CHANCE',
      draw: '3377699720527872',
      totalWeight: '40',
      point: '15',
      agrees: true,
      replayedOperator: { id: ids[2] },
      candidates: [
        eligible(ids[0]!, '10', '0.25', '0', '10', false),
        not('ZERO_WEIGHT', ids[1]!, '0'),
        eligible(ids[2]!, '30', '0.75', '10', '40', true),
        not('INACTIVE', ids[3]!, '1'),
        not('LACKS_SKILL', ids[4]!, '2.5'),
        not('OUT_OF_HOURS', ids[5]!, '3'),
        not('AT_LIMIT', ids[6]!, '4'),
      ],
    });
  });

  it('is explained exactly, to the last of its digits', async () => {
    const { source, ids } = await weighed(['0.1', '0.2', '0.000003']);
    const last = await explain(await register(source, LAST_DRAW));
    expect(last).toMatchObject({ totalWeight: '0.300003', agrees: true, replayedOperator: { id: ids[2] } });
    // 0.300003 less 0.300003 ÷ 2^53.
    expect(last.point).toBe('0.30000299999999996669297619433791624032892286777496337890625');
    const shares = last.candidates.map(({ share }: { share: string }) => share);
    expect(shares).toEqual(['0.33333', '0.66666', '0.00001']);
    expect(await explain(await register(source, 0))).toMatchObject({ point: '0', replayedOperator: { id: ids[0] } });
  });

  it('is explained by what was then, whatever was changed since', async () => {
    const { source, keys, ids } = await weighed([1, 1]);
    const id = await register(source, LAST_DRAW);
    const before = await explain(id);
    await world.weigh(source, { [keys[0]!]: 100, [keys[1]!]: 0 });
    await product.database.rows(sql`update operator set skills = '{new}', max_load = 0 where id = ${keys[0]!}`);
    expect(await explain(id)).toEqual(before);
    expect(before).toMatchObject({ agrees: true, replayedOperator: { id: ids[1] }, totalWeight: '2' });
  });

  it('is seen not to agree where what is stored was tampered with', async () => {
    const { source, keys, ids } = await weighed([1, 1]);
    const id = await register(source, LAST_DRAW);
    const client = await product.database.pool.connect();
    try {
      await client.query('set session_replication_role = replica');
      await client.query(`update assignment set operator_id = ${keys[0]} where operator_id = ${keys[1]}`);
    } finally {
      await client.query('reset session_replication_role');
      client.release();
    }
    expect(await explain(id)).toMatchObject({ agrees: false, replayedOperator: { id: ids[1] } });
  });
});

describe('any other assignment', () => {
  it('of a returning lead says to whom it went, and that nothing was drawn', async () => {
    const { source, ids } = await weighed([1, 3], { sticky: true });
    await register(source, 0, { who: 'Returning' });
    n += 1;
    const variables = { source: encodeId('Source', source), who: 'Returning' };
    const { data } = await product.graphql(
      REGISTER.replace('idempotencyKey: $who', 'idempotencyKey: "again"'),
      variables,
      actors.admin.token,
    );
    expect(await explain(data.registerInquiry.inquiry.id)).toEqual({
      way: 'STICKY',
      draw: null,
      totalWeight: '4',
      point: null,
      agrees: true,
      replayedOperator: { id: ids[0] },
      candidates: [eligible(ids[0]!, '1', '0.25', '0', '1', true), eligible(ids[1]!, '3', '0.75', '1', '4', false)],
    });
  });

  it('by hand was chosen by nobody but who made it', async () => {
    const [operator] = await world.operators(1, { maxLoad: 5 });
    const source = await world.source({});
    const id = await register(source, 0);
    const { data } = await product.graphql(
      `mutation ($input: AssignInquiryInput!) { assignInquiry(input: $input) { errors { code } } }`,
      { input: { inquiryId: id, operatorId: encodeId('Operator', operator!) } },
      actors.admin.token,
    );
    expect(data.assignInquiry.errors).toEqual([]);
    expect(await explain(id)).toBeNull();
  });
});

describe('who reads all sources', () => {
  it('sees explanations; an operator, or a partner who reads inquiries, does not learn what others were up to', async () => {
    const own = actors.operator.actor.operatorId!;
    const [other] = await world.operators(1);
    const source = await world.source({ [own]: 1, [other!]: 1 });
    const id = await register(source, 0);
    expect(await explain(id, actors.supervisor.token)).toMatchObject({ agrees: true });
    const partner = await signInPartner(product.database, ['inquiries:read']);
    for (const { token } of [actors.operator, partner]) {
      const { data, errors } = await product.graphql(EXPLAIN, { id }, token);
      expect([errors, data.inquiry.assignments.nodes]).toEqual([undefined, [{ explain: null }]]);
    }
  });

  it('alone sees who could take an inquiry', async () => {
    const own = actors.operator.actor.operatorId!;
    const source = encodeId('Source', await world.source({ [own]: 1 }));
    const ask = `query ($id: ID!) { source(id: $id) { id candidates { state } } }`;
    const asked = async (token: string) => (await product.graphql(ask, { id: source }, token)).data.source;
    expect(await asked(actors.supervisor.token)).toEqual({ id: source, candidates: [{ state: 'ELIGIBLE' }] });
    expect(await asked(actors.operator.token)).toEqual({ id: source, candidates: null });
  });
});

describe('the replay', () => {
  it('comes to whom the database comes to, at the ends of every part, for any weights', async () => {
    const draw = new Draw(20260901);
    const range = 2n ** 53n;
    // Of the first some parts end at a draw exactly.
    const rounds = [['0.1', '0.6', '0.1'], ['10', '30'], ...Array.from({ length: 12 }, () => undefined)];
    for (const given of rounds) {
      const count = given?.length ?? draw.whole(2, 6);
      const keys = await world.operators(count);
      const weights = keys.map((_, i) =>
        Number(given?.[i] ?? draw.whole(1, 40_000) / 10 ** draw.whole(0, 4)).toFixed(6),
      );
      const total = weights.reduce((sum, one) => sum + BigInt(one.replace('.', '')), 0n);
      const source = await world.source(Object.fromEntries(keys.map((key, i) => [key, weights[i]!])));
      let reached = 0n;
      const ends = weights.flatMap((one) => {
        reached += BigInt(one.replace('.', ''));
        const end = (reached * range) / total;
        return [end - 1n, end, end + 1n].filter((at) => at < range);
      });
      const rows = await product.database.rows(sql<{ draw: string; operator: string }>`
        select d as draw, c.operator_id as operator from unnest(${`{${ends.join()}}`}::bigint[]) d,
          lateral distribution.choose(${source}::bigint, '{}', null, null, false, 'MON', '12:00', array[d]) c`);
      const division = divideWeight({ operatorIds: keys, weights, states: 'e'.repeat(keys.length) });
      expect(rows.map((row) => ({ ...row, operator: division.at(row.draw)!.operator }))).toEqual(rows);
      expect(new Set(rows.map(({ operator }) => operator)).size).toBe(keys.length);
    }
  });

  it('comes to nobody where nobody was eligible, and refuses what is no choice', () => {
    expect(divideWeight({ operatorIds: ['1'], weights: ['1'], states: 'l' }).at('0')).toBeNull();
    expect(() => divideWeight({ operatorIds: ['1', '2'], weights: ['1', '1'], states: 'e' })).toThrow('letter');
    expect(() => divideWeight({ operatorIds: ['1'], weights: ['1'], states: '?' })).toThrow('letter');
  });
});

describe('many explanations', () => {
  it('take as many statements as a few', async () => {
    const { source } = await weighed([1, 2, 3]);
    for (let i = 0; i < 100; i += 1) {
      if (i % 20 === 0) await world.weigh(source, { [(await world.operators(1))[0]!]: 1 });
      await world.register(source);
    }
    const ask = (first: number) => async () => {
      const { data, errors } = await product.graphql(
        `query ($id: ID!, $first: Int!) { source(id: $id) { inquiries(first: $first) { nodes { assignments(first: 1) { nodes {
          explain { agrees candidates { operator { alias } } } } } } } } }`,
        { id: encodeId('Source', source), first },
        actors.supervisor.token,
      );
      expect(errors).toBeUndefined();
      const nodes: { assignments: { nodes: { explain: { agrees: boolean } }[] } }[] = data.source.inquiries.nodes;
      expect(nodes.map((one) => one.assignments.nodes[0]!.explain.agrees)).toEqual(Array(first).fill(true));
    };
    const ten = await statementsOf(product, ask(10));
    const ninety = await statementsOf(product, ask(90));
    expect(ninety.length).toBe(ten.length);
  });

  it('count for what they hold when the size of an operation is limited', async () => {
    const asked = `{ inquiries(first: 100) { nodes { assignments(first: 20) { nodes { explain { candidates { share } } } } } } }`;
    const { errors } = await product.graphql(asked, {}, actors.admin.token);
    expect(errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED' } }]);
    const fewer = await product.graphql(asked.replace('100', '5'), {}, actors.admin.token);
    expect(fewer.errors).toBeUndefined();
  });
});
