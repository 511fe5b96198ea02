import { buildSchema, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { buildGraph } from '../../src/resolvers/graph.js';
import { coercedVariables } from '../../src/resolvers/shared/coerced-variables.js';
import { DocumentShape } from '../../src/resolvers/shared/document-shape.js';
import { excessOf, type OperationLimits } from '../../src/resolvers/shared/operation-limits.js';
import { OperationMeasure } from '../../src/resolvers/shared/operation-measure.js';

const schema = buildSchema(`
  type Query {
    customers(first: Int, last: Int): CustomerConnection!, few(first: Int = 3): CustomerConnection!, customer(id: ID!): Customer
    nodes(ids: [ID!]!): [Customer]!, labels: [Label!]!
  }
  type Label { value: String! }
  type CustomerConnection { nodes: [Customer!]!, edges: [CustomerEdge!]!, totalCount: Int! }
  type CustomerEdge { node: Customer!, cursor: String! }
  type Customer { id: ID!, name: String!, friend: Customer, contracts(first: Int): ContractConnection! }
  type ContractConnection { nodes: [Contract!]!, totalCount: Int! }
  type Contract { id: ID!, customer: Customer! }
`);

const LIMITS: OperationLimits = {
  depth: 1_000,
  cost: 100_000,
  breadth: 1_000,
  fields: 1_000,
  aliases: 1_000,
  rootFields: 1_000,
  repeats: 1_000,
  tokens: 4_000,
};

function measureOf(source: string, of = schema): { measure: OperationMeasure; operation: OperationDefinitionNode } {
  const document = parse(source);
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)!;
  const shape = new DocumentShape(document).ofOperation(operation as OperationDefinitionNode);
  const node = operation as OperationDefinitionNode;
  return { measure: new OperationMeasure(of, document, node, shape), operation: node };
}

function sizeOf(source: string, variables: Record<string, unknown> = {}) {
  const { measure, operation } = measureOf(source);
  return measure.sizeWith(coercedVariables(schema, operation, variables));
}

/** Fragments that each spread the next one twice. */
function bomb(length: number, spread: (next: string) => string): string {
  const chain = Array.from({ length }, (_, i) => `fragment F${i} on Customer { ${spread(`...F${i + 1}`)} }`);
  return `{ customer(id: 1) { ...F0 } } ${chain.join('\n')} fragment F${length} on Customer { id }`;
}

describe('the cost of an operation', () => {
  it('counts objects, page sizes multiplied through', () => {
    // 10 pages' entries of: the connection, the node, and 5 times (connection, node, customer).
    const one = sizeOf('{ customers(first: 10) { nodes { contracts(first: 5) { nodes { customer { id } } } } } }');
    const ten = sizeOf('{ customers(first: 100) { nodes { contracts(first: 5) { nodes { customer { id } } } } } }');
    expect(one.cost).toBe(10 * (1 + 1 + 5 * (1 + 1 + 1)));
    expect(ten.cost).toBe(10 * one.cost);
    expect(one.depth).toBe(6);
  });

  it('takes a page whose size is not given for the standard one, and one from the end like one from the start', () => {
    expect(sizeOf('{ customers { nodes { id } } }').cost).toBe(20 * 2);
    expect(sizeOf('{ customers(last: 7) { nodes { id } } }').cost).toBe(7 * 2);
    expect(sizeOf('{ customers(first: null) { nodes { id } } }').cost).toBe(20 * 2);
    expect(sizeOf('{ few { nodes { id } } }').cost).toBe(3 * 2);
  });

  it('reads page sizes from variables, as running it does', () => {
    const source = 'query ($n: Int) { customers(first: $n) { nodes { id } } }';
    expect(sizeOf(source, { n: 50 }).cost).toBe(100);
    expect(sizeOf(source, { n: null }).cost).toBe(40);
    expect(sizeOf(source).cost).toBe(40);
    expect(sizeOf('query ($n: Int = 30) { customers(first: $n) { nodes { id } } }').cost).toBe(60);
    expect(sizeOf('query ($n: Int) { few(first: $n) { nodes { id } } }').cost).toBe(6);
    expect(sizeOf('query ($n: Int) { few(first: $n) { nodes { id } } }', { n: null }).cost).toBe(40);
    expect(sizeOf('query ($n: Int, $m: Int) { customers(first: $n, last: $m) { nodes { id } } }', { m: 4 }).cost).toBe(
      8,
    );
  });

  it('multiplies what variables make of it, also through fragments', () => {
    const source = `query ($n: Int, $m: Int) { a: customers(first: $n) { nodes { ...C friend { ...C } } } customer(id: 1) { ...C } }
      fragment C on Customer { contracts(first: $m) { nodes { id } } }`;
    const contracts = (m: number) => 2 * m;
    const expected = (n: number, m: number) => n * (2 + contracts(m) + 1 + contracts(m)) + 1 + contracts(m);
    expect(sizeOf(source, { n: 5, m: 7 }).cost).toBe(expected(5, 7));
    expect(sizeOf(source, { n: 9, m: 1 }).cost).toBe(expected(9, 1));
  });

  it('counts every id of a list of nodes', () => {
    expect(sizeOf('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: ['1', '2', '3'] }).cost).toBe(3);
    expect(sizeOf('query ($id: ID!) { nodes(ids: [$id, "2"]) { id } }', { id: '1' }).cost).toBe(2);
    expect(sizeOf('{ nodes(ids: "1") { id } }').cost).toBe(1);
  });

  it('takes the count of all rows for 100 objects, once for each page that is counted, whatever its size', () => {
    expect(sizeOf('{ customers(first: 1) { totalCount } }').cost).toBe(1 + 100);
    expect(sizeOf('{ customers(first: 50) { totalCount nodes { id } } }').cost).toBe(50 * 2 + 100);
    expect(sizeOf('{ customers(first: 50) { totalCount again: totalCount } }').cost).toBe(50 + 200);
    const nested = '{ customers(first: 50) { nodes { contracts(first: 3) { totalCount } } } }';
    expect(sizeOf(nested).cost).toBe(50 * (1 + 1 + 3 + 100));
    const fragments = `query ($n: Int, $m: Int) { customers(first: $n) { ... on CustomerConnection { ...P } } }
      fragment P on CustomerConnection { totalCount nodes { contracts(first: $m) { ...T } } }
      fragment T on ContractConnection { totalCount }`;
    expect(sizeOf(fragments, { n: 7, m: 3 }).cost).toBe(7 * (1 + 1 + 3 + 100) + 100);
  });

  it('takes a text that may be long for one object to 500 characters, each time that it is asked for', () => {
    const costOf = (source: string) => measureOf(source, buildGraph()).measure.sizeWith({})!.cost;
    const page = (fields: string) => `{ inquiries(first: 10) { nodes { ${fields} } } }`;
    expect(costOf(page('id'))).toBe(10 * 2);
    expect(costOf(page('a: message ...F'.concat(' b: message')).concat(' fragment F on Inquiry { message }'))).toBe(
      10 * (2 + 3 * 20),
    );
    expect(costOf('{ sources(first: 10) { nodes { description } } }')).toBe(10 * (2 + 4));
  });

  it('takes the operators of a source for as many as there may be', () => {
    const costOf = (source: string) => measureOf(source, buildGraph()).measure.sizeWith({})!.cost;
    expect(costOf('{ inquiries(first: 100) { nodes { candidates { state } } } }')).toBeGreaterThan(50_000);
    const explained = 'assignments(first: 1) { nodes { explain { candidates { operator { alias } } } } }';
    expect(costOf(`{ inquiries(first: 100) { nodes { ${explained} } } }`)).toBeGreaterThan(100_000);
  });

  it('is none for variables that are wrong, and never more than JSON can hold', () => {
    const source = 'query ($n: Int!) { customers(first: $n) { nodes { id } } }';
    expect(sizeOf(source, { n: 'many' }).cost).toBe(0);
    expect(sizeOf(source).cost).toBe(0);
    const nested = `${'{ friend: contracts(first: $n) { nodes { customer '.repeat(60)}{ id }${' } } }'.repeat(60)}`;
    const huge = `query ($n: Int, $ids: [ID!]!) { nodes(ids: $ids) ${nested} customer(id: 1) ${nested} }`;
    expect(sizeOf(huge, { n: 2_000_000_000, ids: [] }).cost).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('is told by the same object for as long as it is the same', () => {
    const { measure } = measureOf('query ($n: Int) { customers(first: $n) { nodes { id } } }');
    const five = measure.sizeWith({ n: 5 });
    expect(measure.sizeWith({ n: 5 })).toBe(five);
    expect(measure.sizeWith({ n: 6 })).toEqual({ ...five, cost: 12 });
    expect(measureOf('query ($id: ID!) { customer(id: $id) { id } }').measure.isVariable).toBe(false);
    expect(measure.isVariable).toBe(true);
  });
});

describe('the shape of an operation', () => {
  it('is how deep, how wide and how large it is, with fragments put in', () => {
    const plain = sizeOf('{ customer(id: 1) { name friend { friend { id } } } }');
    const fragments = sizeOf(`
      { customer(id: 1) { ...A } } fragment A on Customer { name friend { ... on Customer { ...B } } }
      fragment B on Customer { friend { id } }`);
    expect(fragments).toEqual(plain);
    expect(plain).toMatchObject({ depth: 4, breadth: 2, fields: 5, aliases: 0, rootFields: 1, repeats: 1 });
  });

  it('counts aliases wherever they are, and answers at the root by their names', () => {
    const size =
      sizeOf(`{ a: customer(id: 1) { id } b: customer(id: 1) { x: name ...F } labels { value } labels { value } ...R ...R }
      fragment F on Customer { y: id } fragment R on Query { c: customer(id: 2) { id } }`);
    expect(size).toMatchObject({ aliases: 5, rootFields: 4, repeats: 3 });
  });

  it('takes introspection for one level, and what it selects for fields', () => {
    const size = sizeOf('{ __schema { types { fields { type { ofType { name } } } } } }');
    expect(size).toMatchObject({ depth: 1, fields: 6, cost: 10_000 });
  });

  it('is found also of a document that is not valid', () => {
    const shape = (source: string) => sizeOf(source);
    expect(() => shape('{ customer(id: 1) { ...Missing } }')).toThrow();
    const document = parse('{ customer(id: 1) { ...A ...Missing } } fragment A on Customer { id ...A }');
    const [operation] = document.definitions;
    expect(new DocumentShape(document).ofOperation(operation as OperationDefinitionNode)).toMatchObject({ depth: 2 });
  });
});

describe('an operation made to be expensive to measure', () => {
  it.each([
    ['costs', (next: string) => `a: friend { ${next} } b: friend { ${next} }`],
    ['widens', (next: string) => `${next} ${next}`],
  ])('is measured at once where fragments that spread each other twice make it endless: it %s', (_what, spread) => {
    const before = performance.now();
    const size = sizeOf(bomb(180, spread));
    expect(performance.now() - before).toBeLessThan(3_000);
    expect(size.fields).toBe(Number.MAX_SAFE_INTEGER);
    expect(size.breadth).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
    expect(excessOf(size, LIMITS)?.code).toBe('LIMIT_EXCEEDED');
  });

  it('is evaluated at once where each step depends on a variable', () => {
    const source = bomb(
      100,
      (next) => `a: contracts(first: $n) { nodes { customer { ${next} } } } b: friend { ${next} }`,
    );
    const { measure } = measureOf(source.replace('{', 'query ($n: Int) {'));
    expect(measure.isVariable).toBe(true);
    const before = performance.now();
    for (let n = 0; n < 100; n += 1) expect(measure.sizeWith({ n }).cost).toBe(Number.MAX_SAFE_INTEGER);
    expect(performance.now() - before).toBeLessThan(3_000);
  });
});

describe('a limit', () => {
  const SIZE = { depth: 3, breadth: 3, fields: 3, aliases: 3, rootFields: 3, repeats: 3, cost: 3 };

  it.each(Object.keys(SIZE) as (keyof typeof SIZE)[])(
    'of %s refuses what is beyond it and not what reaches it',
    (name) => {
      const limits = { ...LIMITS, [name]: 3 };
      expect(excessOf(SIZE, limits)).toBeUndefined();
      const excess = excessOf({ ...SIZE, [name]: 4 }, limits);
      expect(excess?.code).toBe('LIMIT_EXCEEDED');
      expect(excess?.message).toMatch(/\b4\b.*\b3\b/);
    },
  );
});
