import { sql } from 'kysely';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { statementsOf } from '../support/count-statements.js';
import { MovableClock } from '../support/movable-clock.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors } from '../support/sign-ins.js';
import { ChoiceWorld } from './choice-world.js';

const CANDIDATES = 'operator { id } weight state share';
/** A Monday, at three in the afternoon in Moscow: years ahead, so that no clock has come to it. */
const AFTERNOON = Date.parse('2198-09-03T12:00:00Z');

let product: Product;
let actors: Actors;
let world: ChoiceWorld;

beforeAll(async () => {
  const clock = new MovableClock();
  product = await startProduct({ clock });
  world = new ChoiceWorld(product.database);
  clock.advance(AFTERNOON - clock.now().getTime());
  actors = await createActors(product.database);
});
afterAll(() => product?.stop());

async function ask(document: string, variables: object) {
  const { data, errors } = await product.graphql(document, variables, actors.supervisor.token);
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
const candidatesOf = async (source: string, skills?: readonly string[]) =>
  (
    await ask(
      `query ($id: ID!, $skills: [String!]) { source(id: $id) { candidates(skills: $skills) { ${CANDIDATES} } } }`,
      { id: encodeId('Source', source), skills },
    )
  ).source.candidates;
const candidate = (key: string, weight: string, state: string, share: string) => ({
  operator: { id: encodeId('Operator', key) },
  weight,
  state,
  share,
});

describe('the candidates of a source', () => {
  it('are all its operators, with what stands in the way of each now, and the chances of the others', async () => {
    const keys = [
      await world.operator({ presence: 'ONLINE', skills: ['a', 'b'] }),
      await world.operator({ presence: 'WORKING', skills: ['a'], schedule: { MON: '15:00-15:01' } }),
      await world.operator({ presence: 'ONLINE', skills: ['a'], schedule: { MON: '00:00-15:00' } }),
      await world.operator({ presence: 'AWAY', skills: ['a'] }),
      await world.operator({ presence: 'ONLINE', skills: ['b'] }),
      await world.operator({ presence: 'ONLINE', skills: ['a'], maxLoad: 0 }),
      await world.operator({ presence: 'ONLINE', skills: ['a'], active: false }),
      await world.operator({ presence: 'ONLINE', skills: ['a'] }),
    ] as const;
    const weights = Object.fromEntries(keys.map((key, i) => [key, i === 7 ? 0 : i + 0.5]));
    const source = await world.source(weights, { asksPresence: true, skills: ['a'] });
    expect(await candidatesOf(source)).toEqual([
      candidate(keys[0], '0.5', 'ELIGIBLE', '0.25'),
      candidate(keys[1], '1.5', 'ELIGIBLE', '0.75'),
      candidate(keys[2], '2.5', 'OUT_OF_HOURS', '0'),
      candidate(keys[3], '3.5', 'ABSENT', '0'),
      candidate(keys[4], '4.5', 'LACKS_SKILL', '0'),
      candidate(keys[5], '5.5', 'AT_LIMIT', '0'),
      candidate(keys[6], '6.5', 'INACTIVE', '0'),
      candidate(keys[7], '0', 'ZERO_WEIGHT', '0'),
    ]);
    expect((await candidatesOf(source, ['b'])).slice(0, 2)).toEqual([
      candidate(keys[0], '0.5', 'ELIGIBLE', '1'),
      candidate(keys[1], '1.5', 'LACKS_SKILL', '0'),
    ]);
  });

  it('are none of a source without operators, and of one that was removed', async () => {
    const [operator] = await world.operators(1);
    const removed = await world.source({ [operator!]: 1 });
    await product.database.rows(sql`update source set removed_at = now() where id = ${removed}`);
    expect([await candidatesOf(await world.source({})), await candidatesOf(removed)]).toEqual([[], []]);
  });

  it('are refused for skills that are none', async () => {
    const { errors } = await product.graphql(
      `query ($id: ID!) { source(id: $id) { candidates(skills: [""]) { state } } }`,
      { id: encodeId('Source', await world.source({})) },
      actors.supervisor.token,
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', path: ['skills', '0'] } }]);
  });

  it('are read for all sources of a page by one statement', async () => {
    const all = (first: number) => () =>
      ask('query ($first: Int!) { sources(first: $first) { nodes { candidates { state } } } }', { first });
    for (let i = 0; i < 5; i += 1) await world.source({ [await world.operator()]: 1 });
    expect((await statementsOf(product, all(5))).length).toBe((await statementsOf(product, all(1))).length);
  });
});

describe('the candidates of an inquiry that waits', () => {
  const ofInquiry = async (id: string) =>
    (await ask(`query ($id: ID!) { inquiry(id: $id) { candidates { ${CANDIDATES} } } }`, { id })).inquiry.candidates;

  it('are judged by what it asks for, and by who let it pass', async () => {
    const [a, b] = await world.operators(2, { skills: ['x'] });
    const c = await world.operator();
    const source = await world.source({ [a!]: 1, [b!]: 3, [c]: 1 }, { acceptWithinSeconds: 60 });
    const { inquiry_id: inquiry } = await world.register(source, { draws: [0] });
    await product.database.transact(actors.admin.actor, async (work) => {
      await work.rows(sql`select distribution.release(${inquiry}::bigint, 'DECLINED', 'HANDED_BACK', now())`);
      await work.rows(sql`update inquiry set skills = '{x}' where id = ${inquiry}`);
    });
    expect(await ofInquiry(encodeId('Inquiry', inquiry))).toEqual([
      candidate(a!, '1', 'PASSED_OVER', '0'),
      candidate(b!, '3', 'ELIGIBLE', '1'),
      candidate(c, '1', 'LACKS_SKILL', '0'),
    ]);
  });

  it('are nobody’s business once somebody has it', async () => {
    const source = await world.source({ [await world.operator()]: 1 });
    const { inquiry_id: inquiry } = await world.register(source);
    expect(await ofInquiry(encodeId('Inquiry', inquiry))).toBeNull();
  });
});
