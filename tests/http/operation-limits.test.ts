import { buildSchema, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { excessOf, OperationMeter } from '../../src/resolvers/shared/operation-limits.js';

const schema = buildSchema(`
  type Query { customers(first: Int, last: Int): CustomerConnection!, customer(id: ID!): Customer, nodes(ids: [ID!]!): [Customer]!, labels: [Label!]! }
  type Label { value: String! }
  type CustomerConnection { nodes: [Customer!]!, edges: [CustomerEdge!]!, totalCount: Int! }
  type CustomerEdge { node: Customer!, cursor: String! }
  type Customer { id: ID!, name: String!, friend: Customer, contracts(first: Int): ContractConnection! }
  type ContractConnection { nodes: [Contract!]! }
  type Contract { id: ID!, customer: Customer! }
`);

function measure(source: string, variables: Record<string, unknown> = {}) {
  const document = parse(source);
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  return new OperationMeter(schema, document, variables).measure(operation as OperationDefinitionNode);
}

describe('the size of an operation', () => {
  it('counts objects, page sizes multiplied through', () => {
    // 10 pages' entries of: the connection, the node, and 5 times (connection, node, customer).
    const one = measure('{ customers(first: 10) { nodes { contracts(first: 5) { nodes { customer { id } } } } } }');
    const ten = measure('{ customers(first: 100) { nodes { contracts(first: 5) { nodes { customer { id } } } } } }');
    expect(one.cost).toBe(10 * (1 + 1 + 5 * (1 + 1 + 1)));
    expect(ten.cost).toBe(10 * one.cost);
    expect(one.depth).toBe(6);
  });

  it('takes a page whose size is not given for the standard one, and one from the end like one from the start', () => {
    expect(measure('{ customers { nodes { id } } }').cost).toBe(20 * 2);
    expect(measure('{ customers(last: 7) { nodes { id } } }').cost).toBe(7 * 2);
  });

  it('reads page sizes from variables', () => {
    const source = 'query ($n: Int) { customers(first: $n) { nodes { id } } }';
    expect(measure(source, { n: 50 }).cost).toBe(100);
  });

  it('counts every alias, and every id of a list of nodes', () => {
    expect(measure('{ a: customer(id: 1) { id } b: customer(id: 1) { id } }').cost).toBe(2);
    expect(measure('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: ['1', '2', '3'] }).cost).toBe(3);
  });

  it('sees through fragments', () => {
    const plain = measure('{ customer(id: 1) { friend { friend { id } } } }');
    const fragments = measure(`
      { customer(id: 1) { ...A } } fragment A on Customer { friend { ... on Customer { ...B } } }
      fragment B on Customer { friend { id } }`);
    expect(fragments).toEqual(plain);
  });

  it('is found at once where fragments that spread each other twice would make it endless', () => {
    const chain = Array.from(
      { length: 60 },
      (_, i) => `fragment F${i} on Customer { a: friend { ...F${i + 1} } b: friend { ...F${i + 1} } }`,
    ).join('\n');
    const before = Date.now();
    const size = measure(`{ customer(id: 1) { ...F0 } } ${chain} fragment F60 on Customer { id }`);
    expect(Date.now() - before).toBeLessThan(500);
    expect(size.cost).toBeGreaterThan(2 ** 60);
    expect(excessOf(size, { maxDepth: 1_000, maxCost: 100_000 })?.code).toBe('LIMIT_EXCEEDED');
  });

  it('is refused beyond either limit and not at it', () => {
    const limits = { maxDepth: 3, maxCost: 10 };
    expect(excessOf({ depth: 3, cost: 10 }, limits)).toBeUndefined();
    expect(excessOf({ depth: 4, cost: 1 }, limits)?.code).toBe('LIMIT_EXCEEDED');
    expect(excessOf({ depth: 1, cost: 11 }, limits)?.code).toBe('LIMIT_EXCEEDED');
  });
});
