import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import { createContext } from '../../src/context.js';
import { buildGraph } from '../../src/resolvers/graph.js';
import { OperationPlans } from '../../src/resolvers/shared/planning/operation-plans.js';
import { clientAt } from '../../src/services/shared/access/client.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors } from '../support/sign-ins.js';

const MOST = 3;
const AMPLE = 10_000_000;
const schema = buildGraph();

let product: Product;
let actors: Actors;
let plans: OperationPlans;
let made = 0;

beforeAll(async () => {
  product = await startProduct({ env: { READ_PLANS: 'off' } });
  actors = await createActors(product.database);
  const { database } = product;
  const compile = database.compile.bind(database);
  // A statement is compiled when its plan is made, and by nothing else that these tests do.
  database.compile = (statement) => {
    made += 1;
    return compile(statement);
  };
});
afterAll(() => product?.stop());
beforeEach(() => {
  plans = plansWithin({ plans: MOST, size: AMPLE });
  made = 0;
});

const plansWithin = (bounds: { plans: number; size: number }) =>
  new OperationPlans(schema, product.server.house, fail, bounds);

/** No plan fails here. */
function fail(error: unknown): never {
  throw error;
}

interface Operation {
  readonly document: ReturnType<typeof parse>;
  readonly node: OperationDefinitionNode;
}

function operationOf(text: string): Operation {
  const document = parse(text);
  return { document, node: document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)! };
}

/** Answers an operation by its plan; gives the data. */
async function answer({ document, node }: Operation, variables: object = {}, who: 'admin' | 'operator' = 'admin') {
  const context = createContext(product.server.house, actors[who].actor, clientAt('127.0.0.1'));
  const text = await plans.answer(document, node, { ...variables }, context);
  return text === undefined ? undefined : JSON.parse(text);
}

/** The operations of which no plan was kept when they were asked again, in the order in which they are asked. */
async function madeAnew(operations: readonly Operation[]): Promise<number[]> {
  const anew: number[] = [];
  for (const [i, operation] of operations.entries()) {
    const before = made;
    await answer(operation);
    if (made > before) anew.push(i);
  }
  return anew;
}

const several = (count: number) =>
  Array.from({ length: count }, (_, i) => operationOf(`{ customers(first: ${i}) { totalCount nodes { id } } }`));

describe('the plans that a process keeps', () => {
  it('answer again without being made again', async () => {
    const [one] = several(1);
    const first = await answer(one!);
    expect(await answer(one!)).toEqual(first);
    expect(first.customers.totalCount).toBe(2);
    expect(made).toBe(1);
  });

  it('are no more than they may be, and every operation is answered all the same', async () => {
    const operations = several(MOST + 2);
    for (let round = 1; round <= 3; round += 1) {
      for (const [i, operation] of operations.entries()) {
        const { customers } = await answer(operation);
        expect(customers).toMatchObject({ totalCount: 2, nodes: { length: Math.min(i, 2) } });
      }
      // Each had made way for the others when its turn came again.
      expect(made).toBe(round * operations.length);
    }
    expect(plans.counts).toEqual({ planned: 3 * operations.length, resolved: 0 });
  });

  it('are those used last: the one not used for longest makes way', async () => {
    const [a, b, c, d] = several(4) as [Operation, Operation, Operation, Operation];
    for (const one of [a, b, c, a, d]) await answer(one);
    made = 0;
    expect(await madeAnew([a, c, d])).toEqual([]);
    expect(await madeAnew([b])).toEqual([0]);
    // Which came in the place of the one that was used before the others.
    expect(await madeAnew([c, d, b])).toEqual([]);
    expect(await madeAnew([a])).toEqual([0]);
  });

  it('take no more room than they may together, however few they are', async () => {
    const fields = Array.from({ length: 40 }, (_, i) => `f${i}: customers(first: 2) { nodes { name email } }`);
    const large = operationOf(`{ ${fields.join(' ')} }`);
    const small = several(2);
    plans = plansWithin({ plans: 100, size: 12_000 });
    for (const one of small) await answer(one);
    expect(await madeAnew(small)).toEqual([]);
    expect(Object.keys(await answer(large))).toHaveLength(fields.length);
    expect(await madeAnew(small)).toEqual([0, 1]);
  });

  it('count by rights and by the shape of variables, and not by what no plan depends on', async () => {
    const operation = operationOf(
      'query ($first: Int, $name: String) { customers(first: $first, filter: { name: $name }) { totalCount } }',
    );
    for (const name of ['a', 'b', 'c', 'd', 'e']) await answer(operation, { first: 1, name });
    expect(made).toBe(1);
    await answer(operation, { first: 1, name: 'a' }, 'operator');
    for (const first of [2, 3]) await answer(operation, { first, name: 'a' });
    expect(made).toBe(4);
    await answer(operation, { first: 1, name: 'a' });
    expect(made).toBe(5);
  });

  it('are of what cannot be planned too, so that it is not tried each time', async () => {
    const unplanned = operationOf('{ viewer { kind } }');
    const operations = several(MOST - 1);
    for (const one of [unplanned, ...operations]) await answer(one);
    expect(await answer(unplanned)).toBeUndefined();
    made = 0;
    expect(await madeAnew(operations)).toEqual([]);
    expect(plans.counts.resolved).toBe(2);
  });
});
