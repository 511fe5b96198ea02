import { type GraphQLInputObjectType, getNamedType, isEnumType } from 'graphql';
import { buildGraph } from '../../src/resolvers/graph.js';
import { READABLES } from '../../src/services/readables.js';

const schema = buildGraph();

describe('what stands in a planned statement itself', () => {
  const choices = [...READABLES.values()].flatMap(({ kind, filters }) =>
    Object.entries(filters).flatMap(([name, { isChoice }]) => (isChoice ? [[kind, name] as const] : [])),
  );

  it('is there', () => {
    expect(choices.length).toBeGreaterThan(5);
  });

  // A plan is kept for the choices that it was made with; of any other value it does not know that it has changed.
  it.each(choices)('%s’s filter %s is an enum or a Boolean in the graph', (kind, name) => {
    const filter = schema.getType(`${kind}Filter`) as GraphQLInputObjectType;
    const type = getNamedType(filter.getFields()[name]!.type);
    expect(isEnumType(type) || type.name === 'Boolean').toBe(true);
  });
});

describe('a filter in the graph', () => {
  it.each(
    [...READABLES.values()].flatMap(({ kind, filters }) =>
      Object.keys(filters).length > 0 ? [[kind, filters] as const] : [],
    ),
  )('of %s has the fields that are declared', (kind, filters) => {
    const filter = schema.getType(`${kind}Filter`) as GraphQLInputObjectType;
    expect(Object.keys(filter.getFields()).sort()).toEqual(Object.keys(filters).sort());
  });
});
