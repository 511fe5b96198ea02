import { sql } from 'kysely';
import type { Actor } from '../../src/services/shared/access/actor.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { sentBy } from '../support/count-statements.js';
import { explain } from '../support/explain.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors, createUser, type SignedIn } from '../support/sign-ins.js';

let product: Product;
let actors: Actors;

beforeAll(async () => {
  product = await startProduct({ env: { READ_PLANS: 'on' } });
  const { database } = product;
  actors = await createActors(database);
  for (let n = 0; n < 60; n += 1) await createUser(database, { role: 'operator' });
  // Employees did most of it, to many objects of several kinds.
  await database.rows(sql`
    with users as (select array_agg(id) as ids from app_user)
    insert into change_record (recorded_at, kind, subject_kind, subject_id, actor, user_id, after)
    select '2026-09-01T00:00:00Z'::timestamptz + n * interval '1 second',
      case when n % 50 = 0 then 'CUSTOMER_CHANGED' else 'CONTRACT_REGISTERED' end,
      case when n % 3 = 0 then 'Customer' else 'Contract' end, 1 + n % 3000, 'user:' || ids[1 + n % cardinality(ids)],
      case when n % 4 > 0 then ids[1 + n % cardinality(ids)] end, '{"number": "C-1"}'
    from generate_series(1, 60000) n, users`);
  await database.rows(sql`analyze change_record`);
});
afterAll(() => product?.stop());

async function planOf(query: string, { token }: SignedIn<Actor>): Promise<string> {
  const sent = await sentBy(product, async () => {
    const { errors } = await product.graphql(query, {}, token);
    expect(errors).toBeUndefined();
  });
  const ofTable = sent.filter(({ text }) => /from "change_record"\s/.test(text));
  expect(ofTable).toHaveLength(1);
  return explain(product.database, ofTable[0]!);
}

const history = (filter: string) => `{ history(first: 10, filter: { ${filter} }) { nodes { id } } }`;
const PERIOD = 'recordedFrom: "2026-09-01T01:00:00Z", recordedBefore: "2026-09-01T02:00:00Z"';

const FOUND: readonly [string, () => string, string][] = [
  ['all of it', () => '{ history(first: 10) { nodes { id } } }', 'change_record_recorded_at_id_index'],
  ['a period', () => history(PERIOD), 'change_record_recorded_at_id_index'],
  [
    'an object',
    () => history(`subjectId: "${encodeId('Customer', '42')}"`),
    'change_record_subject_kind_subject_id_recorded_at_id_index',
  ],
  [
    'an object in a period',
    () => history(`subjectId: "${encodeId('Customer', '42')}", ${PERIOD}`),
    'change_record_subject_kind_subject_id_recorded_at_id_index',
  ],
  [
    'the customer whose field it is',
    () => {
      const id = encodeId('Customer', actors.customer.actor.customerId);
      return `{ customer(id: "${id}") { history(first: 10) { nodes { id } } } }`;
    },
    'change_record_subject_kind_subject_id_recorded_at_id_index',
  ],
  [
    'who did it',
    () => history(`userId: "${encodeId('User', actors.admin.actor.userId)}"`),
    'change_record_user_id_index',
  ],
  [
    'the user whose activity it is',
    () => {
      const id = encodeId('User', actors.admin.actor.userId);
      return `{ user(id: "${id}") { activity(first: 10) { nodes { id } } } }`;
    },
    'change_record_user_id_index',
  ],
  ['a kind', () => history('kind: CUSTOMER_CHANGED'), 'change_record_kind_recorded_at_id_index'],
];

describe('a page of a long history', () => {
  it.each(FOUND)('by %s is read from its index, without sorting', async (_by, query, index) => {
    const plan = await planOf(query(), actors.admin);
    expect(plan).toContain(index);
    expect(plan).not.toMatch(/Seq Scan on change_record|Bitmap/);
    expect(plan).not.toMatch(/^[\s>-]*(Incremental )?Sort$/m);
  });

  it('is merged for an operator of what they did and what they may change', async () => {
    const plan = await planOf('{ history(first: 10) { nodes { id } } }', actors.operator);
    expect(plan).toContain('Merge Append');
    expect(plan).toContain('change_record_user_id_index');
    expect(plan).toContain('change_record_recorded_at_id_index');
    expect(plan).not.toMatch(/(Seq|Bitmap Heap) Scan on change_record/);
  });
});
