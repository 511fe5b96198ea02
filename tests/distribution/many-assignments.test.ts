import { sql } from 'kysely';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { sentBy } from '../support/count-statements.js';
import { Draw } from '../support/draw.js';
import { explain } from '../support/explain.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors } from '../support/sign-ins.js';
import { ChoiceWorld } from './choice-world.js';

const ASSIGNMENTS = 100_000;
const OPERATORS = 20;
/** Who stood at the limit, in so many ways. */
const STATES = 20_000;
/** Under a second by itself; on a busy machine it may take some times that. */
const QUICK_MS = 6_000;

let product: Product;
let actors: Actors;
let source: string;

beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
  const world = new ChoiceWorld(product.database);
  const operators = await world.operators(OPERATORS);
  source = await world.source(Object.fromEntries(operators.map((key, i) => [key, i + 1])));
  await insertAssignments(operators);
}, 120_000);
afterAll(() => product?.stop());

/** Without the inquiries, loads and turns that assignments come with; who is at the limit changes all the time. */
async function insertAssignments(operators: readonly string[]): Promise<void> {
  const client = await product.database.pool.connect();
  try {
    await client.query('set session_replication_role = replica');
    const draw = new Draw(13);
    const states = Array.from({ length: STATES }, () => operators.map(() => (draw.chance(0.05) ? 'l' : 'e')).join(''));
    await client.query(
      `insert into assignment (inquiry_id, source_id, operator_id, way, draw, weighting_id, states, load, max_load, turn, end_turn,
         made_at, ended_at, "end")
       select n, $1, ($2::bigint[])[1 + k], 'CHANCE', 0, w.id,
         overlay(s.states placing 'e' from 1 + k), 1, 1, n, n,
         '2026-05-01T00:00:00Z'::timestamptz + n * interval '20 seconds', now(), 'CLOSED'
       from (select n, n % ${OPERATORS} as k from generate_series(1, ${ASSIGNMENTS}) n) n
       join unnest($3::text[]) with ordinality s(states, i) on s.i = 1 + n % ${STATES},
         (select id from source_weighting where source_id = $1 order by number desc limit 1) w`,
      [source, operators, states],
    );
    await client.query('analyze assignment');
  } finally {
    await client.query('reset session_replication_role');
    client.release();
  }
}

it('a hundred thousand assignments are added up quickly, whoever was eligible in each', async () => {
  const document = `query ($id: ID!) { source(id: $id) { statistics(from: "2026-05-01", to: "2026-05-31") {
    assigned operators { assignedByChance expected } fairness { degreesOfFreedom within enough } } } }`;
  const ask = () => product.graphql(document, { id: encodeId('Source', source) }, actors.admin.token);
  const began = performance.now();
  const { data } = await ask();
  const took = performance.now() - began;
  const { assigned, operators, fairness } = data.source.statistics;
  expect(assigned).toBe(ASSIGNMENTS);
  const expected = operators.map((one: { expected: string }) => Number(one.expected));
  expect(expected.reduce((sum: number, one: number) => sum + one, 0)).toBeCloseTo(ASSIGNMENTS, 1);
  // To everybody as many, whatever their weight: that is seen.
  expect(fairness).toEqual({ degreesOfFreedom: OPERATORS - 1, within: false, enough: true });
  expect(took).toBeLessThan(QUICK_MS);
});

it('those of one day are found without going through all others', async () => {
  const [{ id }] = (await product.database.rows(sql<{ id: string }>`select min(id) as id from operator`)) as [
    { id: string },
  ];
  const day = '(from: "2026-05-10", to: "2026-05-10")';
  const document = `query ($source: ID!, $operator: ID!) {
    source(id: $source) { statistics${day} { assigned } } operator(id: $operator) { statistics${day} { assigned } } }`;
  const sent = await sentBy(product, async () => {
    const variables = { source: encodeId('Source', source), operator: encodeId('Operator', id) };
    expect((await product.graphql(document, variables, actors.admin.token)).errors).toBeUndefined();
  });
  const plans = await Promise.all(
    sent.filter(({ text }) => text.includes('from assignment')).map((one) => explain(product.database, one)),
  );
  const indexes = plans.flatMap((plan) => plan.match(/\bassignment_\w+_index\b/g) ?? []);
  expect([...new Set(indexes)].sort()).toEqual([
    'assignment_closed_index',
    'assignment_operator_id_made_at_id_index',
    'assignment_source_id_made_at_id_index',
  ]);
  expect(plans.join('\n')).not.toContain('Seq Scan on assignment');
});
