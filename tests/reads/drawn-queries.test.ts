import { type GraphQLInputObjectType, getNullableType, parse, validate } from 'graphql';
import { sql } from 'kysely';
import { buildGraph } from '../../src/resolvers/graph.js';
import { OPERATION_RULES } from '../../src/services/operation-rules.js';
import { READABLES } from '../../src/services/readables.js';
import type { Actor } from '../../src/services/shared/access/actor.js';
import { denialOf } from '../../src/services/shared/access/operation-rule.js';
import { Draw } from '../support/draw.js';
import { type DrawnQuery, QueryDrawer } from '../support/draw-query.js';
import { type Product, startProduct } from '../support/product.js';
import { fillRichly } from '../support/rich-data.js';
import { type SecondServer, startSecondServer } from '../support/second-server.js';
import { type Actors, createActors, type SignedIn, signInPartner, signInUser } from '../support/sign-ins.js';
import { ValuePool } from '../support/value-pool.js';

/** `READS_SEED=random` draws other queries, a number the same ones again; `READS_QUERIES` is how many for each asker. */
const { READS_SEED = '20260901', READS_QUERIES = '80' } = process.env;
const SEED = READS_SEED === 'random' ? Date.now() % 2 ** 32 : Number(READS_SEED);
const QUERIES = Number(READS_QUERIES);
/** How many times each query is asked, each time with variables of its own, and by each of those who ask. */
const RUNS = 3;
/** What the resolvers answer; one query in so many asks for them too. */
const UNPLANNED = ['viewer', 'nodes', 'dailyCallReport', 'operatorStatistics', 'sourceStatistics', 'enumLabels'];
const ROLES = 6;
/** Of which a filter's value is drawn from texts that rows have. */
const TEXT_SCALARS = ['String', 'EmailAddress', 'PhoneNumber'];
const LIMITS = { MAX_COST: '1000000', MAX_FIELDS: '5000' };

let product: Product;
let resolving: SecondServer;
let actors: Actors;
let pool: ValuePool;
const schema = buildGraph();
const roots = Object.keys(schema.getQueryType()!.getFields());

beforeAll(async () => {
  product = await startProduct({ env: LIMITS });
  resolving = await startSecondServer(product, { ...LIMITS, READ_PLANS: 'off' });
  actors = await createActors(product.database);
  await fillRichly(product.database, actors);
  pool = await ValuePool.of(product.database);
  await learnCursors();
});
afterAll(async () => {
  await resolving?.stop();
  await product?.stop();
});

/** Cursors of every order of every list. */
async function learnCursors(): Promise<void> {
  for (const field of Object.values(schema.getQueryType()!.getFields())) {
    const order = field.args.find(({ name }) => name === 'orderBy');
    if (!order) continue;
    const orderType = String(order.type);
    const values = schema.getType(`${orderType}Field`)!.toConfig() as { values: object };
    for (const by of Object.keys(values.values)) {
      for (const direction of ['ASC', 'DESC']) {
        const document = `query ($order: ${orderType}) { ${field.name}(first: 40, orderBy: $order) { edges { cursor } } }`;
        const { data } = await product.graphql(document, { order: { field: by, direction } }, actors.admin.token);
        pool.learn(data);
      }
    }
  }
}

async function answerOf(url: string, document: string, variables: object, token: string): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: document, variables }),
  });
  return `${response.status} ${await response.text()}`;
}

/** Roots that an actor may ask for mostly, and now and then any. */
function rootsFor(actor: Actor, draw: Draw): readonly string[] {
  const chosen = draw.chance(0.04) ? roots : roots.filter((name) => !UNPLANNED.includes(name));
  if (draw.chance(0.04)) return chosen;
  return chosen.filter((name) => !denialOf(actor, `Query.${name}`, OPERATION_RULES[`Query.${name}`]));
}

interface Asking {
  readonly planned: number;
  readonly asked: number;
}

/** Asks drawn queries of both servers, as each of those given; fails where an answer differs or is a failure of ours. */
async function askAll(askers: readonly SignedIn<Actor>[], stream: number, queries = QUERIES): Promise<Asking> {
  const before = product.server.plans!.counts.planned;
  let asked = 0;
  const differences: string[] = [];
  for (let i = 0; i < queries; i += 1) {
    const draw = new Draw(SEED, stream, i);
    const query = new QueryDrawer(schema, draw, pool, RUNS).query(rootsFor(askers[0]!.actor, draw));
    expectValid(query);
    for (const [run, variables] of query.variables.entries()) {
      const { token, actor } = askers[run % askers.length]!;
      const answers = await Promise.all([
        answerOf(product.url, query.document, variables, token),
        answerOf(resolving.url, query.document, variables, token),
      ]);
      asked += 1;
      if (!areSame(answers[0], answers[1]) || answers[0].includes('"INTERNAL"')) {
        differences.push(
          [`READS_SEED=${SEED}, stream ${stream}, query ${i}, run ${run}, ${actor.key}`, query.document]
            .concat(JSON.stringify(variables), 'planned:', answers[0], 'resolved:', answers[1])
            .join('\n'),
        );
      }
      pool.learn((JSON.parse(answers[0].slice(4)) as { data: unknown }).data);
    }
  }
  if (differences.length > 0)
    throw new Error([`${differences.length} differ:`, ...differences.slice(0, 5)].join('\n\n'));
  return { planned: product.server.plans!.counts.planned - before, asked };
}

/**
 * Whether two answers are the same. Of several errors below one null, GraphQL tells those that came first, and which do
 * is not ours to say: there only the null must be the same.
 */
function areSame(one: string, other: string): boolean {
  return one === other || JSON.stringify(withoutRaces(one)) === JSON.stringify(withoutRaces(other));
}

function withoutRaces(text: string): object {
  const {
    errors = [],
    data,
    extensions,
  } = JSON.parse(text.slice(4)) as {
    errors?: { path?: (string | number)[] }[];
    data?: unknown;
    extensions?: object;
  };
  const places = errors.map(({ path }) => {
    let value = data;
    const reached = path?.findIndex((step) => {
      value = (value as Record<string, unknown> | null)?.[step];
      return value === null;
    });
    return JSON.stringify(path?.slice(0, reached === undefined ? 0 : reached + 1) ?? null);
  });
  return { status: text.slice(0, 4), data, extensions, places: [...new Set(places)].sort() };
}

function expectValid({ document }: DrawnQuery): void {
  const faults = validate(schema, parse(document));
  if (faults.length > 0) throw new Error(`READS_SEED=${SEED}: drawn a query that is none: ${faults[0]}\n${document}`);
}

describe('what is drawn from', () => {
  it.each([...READABLES.keys()])('are two rows of %s at least', (kind) => {
    expect(pool.ids(kind).length).toBeGreaterThanOrEqual(2);
  });

  const places = [...READABLES.values()].flatMap(({ kind, filters }) =>
    Object.keys(filters).map((name) => ({ place: `${kind}Filter.${name}`, kind, name })),
  );
  const texts = places.filter(({ kind, name }) => {
    const filter = schema.getType(`${kind}Filter`) as GraphQLInputObjectType;
    return TEXT_SCALARS.includes(String(getNullableType(filter.getFields()[name]!.type)));
  });

  it.each(texts)('are the texts that $place looks for', ({ place }) => {
    expect(pool.texts(place).length).toBeGreaterThanOrEqual(2);
  });
});

describe('drawn queries are answered by their plans as by the resolvers', () => {
  it('for an admin, and nearly all are planned', async () => {
    const { planned, asked } = await askAll([actors.admin], 1);
    // The rest has lists with filters and counts beneath a row that many rows share, which the resolvers read once, and
    // what is worked out: explanations, candidates, statistics.
    expect(planned / asked).toBeGreaterThan(0.45);
  });

  it('for supervisors, with a group and without one', async () => {
    const other = await signInUser(product.database, { role: 'supervisor' });
    const { planned, asked } = await askAll([actors.supervisor, other], 2);
    expect(planned / asked).toBeGreaterThan(0.3);
  });

  it('for operators, with a profile and without one', async () => {
    const other = await signInUser(product.database, { role: 'operator', groupId: actors.groupId });
    const { planned, asked } = await askAll([actors.operator, actors.otherOperator, other], 3);
    expect(planned / asked).toBeGreaterThan(0.3);
  });

  it('for customers', async () => {
    const { planned, asked } = await askAll([actors.customer, actors.otherCustomer], 4);
    expect(planned / asked).toBeGreaterThan(0.3);
  });

  it('for partners, with every scope and with some', async () => {
    const { database } = product;
    const others = await Promise.all([
      signInPartner(database, ['customers:read', 'contracts:read']),
      signInPartner(database, ['customers:read', 'payments:read', 'calls:read', 'webhooks']),
    ]);
    const { planned, asked } = await askAll([actors.partner, ...others], 5);
    expect(planned / asked).toBeGreaterThan(0.18);
  });

  it('for roles of any permissions', async () => {
    const draw = new Draw(SEED);
    const roles: SignedIn<Actor>[] = [];
    for (let i = 0; i < ROLES; i += 1) roles.push(await signInAs(draw));
    for (const [i, role] of roles.entries()) await askAll([role], 10 + i, QUERIES / ROLES);
  });
});

/** Somebody in a role of drawn permissions, with or without a profile, a group and groups to answer for. */
async function signInAs(draw: Draw): Promise<SignedIn<Actor>> {
  const { database } = product;
  const signed = await signInUser(database, {
    role: 'admin',
    ...(draw.chance(0.5) ? { groupId: actors.groupId } : {}),
    ...(draw.chance(0.5) ? { supervises: [actors.groupId] } : {}),
    ...(draw.chance(0.5) ? { operator: {} } : {}),
  });
  const all = await database.rows(
    sql<{ one: string }>`select unnest(permissions) as one from role where name = 'admin'`,
  );
  const drawn = [...all.map(({ one }) => one), 'calls.read-own', 'reports.read-own'].filter(() => draw.chance(0.6));
  const name = `role ${draw.whole(0, 2 ** 31)}`;
  await database.rows(sql`insert into role (name, permissions) values (${name}, ${drawn})`);
  await database.rows(sql`
    update app_user set role_id = (select id from role where name = ${name}) where id = ${signed.actor.userId}`);
  return { ...signed, actor: { ...signed.actor, permissions: new Set(drawn) as Actor['permissions'] } as Actor };
}
