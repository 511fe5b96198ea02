import type { Operation, Root, Values } from '../../questions/operation.ts';
import { drawRows, type Material } from '../material.ts';
import type { CaseName, Question, Workload } from '../question.ts';
import { drawFields, drawPage, type Shape } from './draw-fields.ts';
import { drawFilterValues, type Pools } from './draw-values.ts';

const OPERATIONS = 12;
const VALUES_OF_EACH = 10;

/** The objects that every operation of a case has. */
const SHAPES: Readonly<Record<CaseName, Shape>> = {
  page: { contracts: { sim: {}, tariff: {} } },
  card: { contracts: { sim: {}, tariff: {} }, calls: { charge: {} }, payments: {} },
  list: { caller: {}, called: {}, charge: {} },
  deep: { caller: {}, called: {}, charge: {} },
  node: {},
};

/** Where keys of objects are that everybody sees, for `node`. */
const NODES: Readonly<Record<string, string>> = {
  Customer: 'select id from customer',
  Contract: 'select id from contract',
  Sim: 'select id from sim',
  Tariff: 'select id from tariff',
  Operator: 'select id from operator',
  Payment: 'select id from payment',
  Call: 'select id from call where called_operator_id = $1',
  Charge: 'select h.id from charge h join call c on c.id = h.call_id where c.called_operator_id = $1',
};

/** Operations of a case with fields, pages, orders and filters as they were drawn, each with several values. */
export async function drawnWorkload(of: CaseName, material: Material): Promise<Workload> {
  const pools = await poolsOf(material);
  const questions: Question[] = [];
  for (let n = 0; n < OPERATIONS; n += 1) {
    const operation = drawOperation(of, n, material);
    for (const values of await drawValuesOf(operation, material)) {
      const filters = drawFilterValues(material.random, operation, pools) ?? {};
      questions.push({ operation, values: { ...values, filters } });
    }
  }
  // Not one operation after the other: as they would come.
  const { random } = material;
  const mixed = questions.map((question) => ({ question, place: random.next() }));
  mixed.sort((one, other) => one.place - other.place);
  return { name: `${of} drawn`, of, drawn: true, questions: mixed.map(({ question }) => question) };
}

async function poolsOf(material: Material): Promise<Pools> {
  const keys = async (statement: string) =>
    (await drawRows<{ key: string }>(material, statement)).map(({ key }) => key);
  return {
    customers: await keys(`select caller_customer_id as key from call tablesample system (1) repeatable (1)
      where caller_customer_id is not null order by random() limit 100`),
    operators: await keys('select id as key from operator order by id'),
    tariffs: await keys('select id as key from tariff order by id'),
  };
}

function drawOperation(of: CaseName, n: number, { random }: Material): Operation {
  const root = drawRoot(of, n, random.chance(0.5), random);
  const fields = drawFields(random, root.type, SHAPES[of], root.by !== 'page');
  return { name: `${of[0]!.toUpperCase()}${of.slice(1)}Drawn${n}`, root, fields };
}

function drawRoot(of: CaseName, n: number, after: boolean, random: Material['random']): Root {
  switch (of) {
    case 'page':
      return {
        by: 'page',
        type: 'Customer',
        field: 'customers',
        page: { ...drawPage(random, 'Customer', [5, 10, 20]), after },
      };
    case 'card':
      return { by: 'id', type: 'Customer', field: 'customer' };
    case 'list':
      return {
        by: 'page',
        type: 'Call',
        field: 'calls',
        page: { ...drawPage(random, 'Call', [10, 20, 50]), info: true },
      };
    case 'deep': {
      const { first, order } = drawPage(random, 'Call', [10, 20, 50]);
      return { by: 'page', type: 'Call', field: 'calls', page: { first, order, after: true, info: true } };
    }
    case 'node':
      return { by: 'node', type: Object.keys(NODES)[n % Object.keys(NODES).length]! };
  }
}

async function drawValuesOf({ root }: Operation, material: Material): Promise<Values[]> {
  if (root.by !== 'page') {
    const where = NODES[root.type]!;
    const rows = await drawRows<{ key: string }>(
      material,
      `select id as key from (${where}) k order by random() limit ${VALUES_OF_EACH}`,
      where.includes('$1') ? [material.operatorKey] : [],
    );
    return rows.map(({ key }) => ({ key }));
  }
  if (!root.page.after) return Array.from({ length: VALUES_OF_EACH }, () => ({}));
  return root.type === 'Customer' ? behindCustomers(root.page.order, material) : behindCalls(root.page.order, material);
}

async function behindCustomers(order: string, material: Material): Promise<Values[]> {
  const rows = await drawRows<{ key: string; email: string }>(
    material,
    `select id as key, email from customer where email is not null order by random() limit ${VALUES_OF_EACH}`,
  );
  return Promise.all(
    rows.map(async (row) => ({ after: await material.cursors.find({ type: 'Customer', ...row }, order) })),
  );
}

async function behindCalls(order: string, material: Material): Promise<Values[]> {
  const rows = await drawRows<{ key: string; startedAt: string }>(
    material,
    `select id as key, to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "startedAt"
    from call order by random() limit ${VALUES_OF_EACH}`,
  );
  return Promise.all(
    rows.map(async (row) => ({ after: await material.cursors.find({ type: 'Call', ...row }, order) })),
  );
}
