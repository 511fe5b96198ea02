import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { Client } from 'pg';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors } from '../support/sign-ins.js';
import { ChoiceWorld, LAST_DRAW } from './choice-world.js';

const MAY = new Date('2026-05-12T09:00:00Z');
const NOW = sql`'MON', '12:00'`;

let product: Product;
let actors: Actors;
let world: ChoiceWorld;

beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
  world = new ChoiceWorld(product.database);
});
afterAll(() => product?.stop());

describe('an operator for whom somebody waits in another source', () => {
  async function awaited() {
    const [one, other] = await world.operators(2);
    await product.database.rows(sql`update operator set max_load = 1 where id = ${one}`);
    const both = await world.source({ [one!]: 1, [other!]: 1 });
    const only = await world.source({ [one!]: 1 });
    const held = await world.register(only);
    const waiting = await world.register(only);
    expect(waiting).toMatchObject({ operator_id: null, waiting_reason: 'ALL_AT_LIMIT' });
    // Nobody distributes: the place is free, and is that one's who waits.
    await world.close(held.inquiry_id);
    return { one: one!, other: other!, both };
  }

  it('is nobody’s by chance, whatever is drawn, and it is on record why', async () => {
    const { other, both } = await awaited();
    for (const draw of [0, LAST_DRAW]) {
      const { inquiry_id, operator_id } = await world.register(both, { draws: [draw] });
      expect(operator_id).toBe(other);
      const [made] = await product.database.rows(sql<{ id: string; states: string }>`
        select id, states from assignment where inquiry_id = ${inquiry_id}`);
      expect(made!.states).toBe('be');
      const { data } = await product.graphql(
        `query ($id: ID!) { inquiry(id: $id) { assignments { nodes { explain { agrees candidates { state share } } } } } }`,
        { id: encodeId('Inquiry', inquiry_id) },
        actors.admin.token,
      );
      expect(data.inquiry.assignments.nodes[0].explain).toEqual({
        agrees: true,
        candidates: [
          { state: 'AWAITED', share: '0' },
          { state: 'ELIGIBLE', share: '1' },
        ],
      });
    }
  });

  it('goes to a more urgent inquiry all the same, and where nobody else could take it that waits behind', async () => {
    const { one, other, both } = await awaited();
    await product.database.rows(sql`update operator set active = false where id = ${other}`);
    expect(await world.register(both)).toMatchObject({ operator_id: null, waiting_reason: 'BEHIND_OTHERS' });
    const [urgent] = await product.database.rows(sql<{ operator_id: string }>`
      select * from distribution.register_inquiry(${both}::bigint, null, 'urgent', null, null, null, '', 5, '{}', now(), ${NOW},
        '{0}')`);
    expect(urgent!.operator_id).toBe(one);
  });
});

it('a draw that fell to somebody whose last place was just taken counts, though another number is drawn', async () => {
  const [one, other] = await world.operators(2);
  await product.database.rows(sql`update operator set max_load = 1 where id = ${one}`);
  const source = await world.source({ [one!]: 1, [other!]: 1 });
  const first = new Client({ connectionString: product.databaseUrl });
  await first.connect();
  try {
    await first.query('begin');
    await first.query(
      `select distribution.register_inquiry($1, null, 'first', null, null, null, '', null, '{}', $2, 'MON', '12:00', '{0}')`,
      [source, MAY],
    );
    const second = world.register(source, { draws: [0, 0], at: MAY });
    for (;;) {
      const { rows } = await first.query(`
        select from pg_locks where not granted and (database is null or database = (
          select oid from pg_database where datname = current_database()))`);
      if (rows.length > 0) break;
      await sleep(5);
    }
    await first.query('commit');
    expect(await second).toMatchObject({ operator_id: other });
  } finally {
    await first.end();
  }
  const { data } = await product.graphql(
    `query ($id: ID!) { source(id: $id) { statistics(from: "2026-05-01", to: "2026-05-31") {
      assignedByChance operators { operatorId assignedByChance lostDraws expected expectedShare } fairness { figure } } } }`,
    { id: encodeId('Source', source) },
    actors.admin.token,
  );
  // Two draws were among both, and one among the other alone.
  expect(data.source.statistics).toEqual({
    assignedByChance: 2,
    operators: [
      {
        operatorId: encodeId('Operator', one!),
        assignedByChance: 1,
        lostDraws: 1,
        expected: '1.0000',
        expectedShare: '0.3333',
      },
      {
        operatorId: encodeId('Operator', other!),
        assignedByChance: 1,
        lostDraws: 0,
        expected: '2.0000',
        expectedShare: '0.6667',
      },
    ],
    fairness: { figure: '2.0000' },
  });
});
