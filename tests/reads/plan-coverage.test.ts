import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { buildGraph } from '../../src/resolvers/graph.js';
import { READABLES } from '../../src/services/readables.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { fillRichly } from '../support/rich-data.js';
import { type Actors, createActors } from '../support/sign-ins.js';

/** All that the resolvers answer: a field that no plan answers is named here, with why. */
const LEFT_TO_RESOLVERS = [
  // Sums over many rows, and what no row has.
  'Operator.statistics',
  'Query.dailyCallReport',
  'Query.enumLabels',
  'Query.operatorStatistics',
  'Query.sourceStatistics',
  'Source.statistics',
  // A choice replayed, and as it would be now.
  'Assignment.explain',
  'Inquiry.candidates',
  'Source.candidates',
  // Each id for itself: one that is wrong is null beside the others.
  'Query.nodes',
  'Query.viewer',
  'Query.webhookEventKinds',
  // Lists of scalars, and JSON.
  'Inquiry.skills',
  'Operator.schedule',
  'Operator.skills',
  'PartnerKey.scopes',
  'Role.permissions',
  'Source.skills',
  'WebhookEndpoint.eventKinds',
  'WebForm.origins',
  // Made for where the client says that the server is.
  'WebForm.embed',
  // Of objects of any kind, whose own policies say what is shown of them.
  'ChangeActor.name',
  'ChangeRecord.changes',
  'ChangeRecord.subject',
];

type Field = GraphQLField<unknown, unknown>;

const schema = buildGraph();
const query = schema.getQueryType()!;
let product: Product;
let actors: Actors;

beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
  await fillRichly(product.database, actors);
});
afterAll(() => product?.stop());

async function isPlanned(document: string): Promise<boolean> {
  const before = product.server.plans!.counts.planned;
  const { errors } = await product.graphql(document, {}, actors.admin.token);
  if (errors) throw new Error(`${document}: ${JSON.stringify(errors)}`);
  return product.server.plans!.counts.planned > before;
}

/** A field with the arguments that it must have. */
function written(field: Field): string {
  const needed = field.args.filter((argument) => isNonNullType(argument.type) && argument.defaultValue === undefined);
  if (needed.length === 0) return field.name;
  const kind = getNamedType(field.type).name;
  const values: Readonly<Record<string, string>> = {
    id: JSON.stringify(encodeId(READABLES.has(kind) ? kind : 'Customer', '1')),
    ids: JSON.stringify([encodeId('Customer', '1')]),
    name: '"CallStatus"',
    from: '"2026-09-01"',
    to: '"2026-09-02"',
    baseUrl: '"https://crm.example.com"',
  };
  return `${field.name}(${needed.map(({ name }) => `${name}: ${values[name]!}`).join(', ')})`;
}

const selected = (field: Field) =>
  isLeafType(getNamedType(field.type)) ? written(field) : `${written(field)} { __typename }`;
const nameOf = (type: GraphQLObjectType, field: Field) => `${type.name}.${field.name}`;

/** For each type that is reached by what is planned: a document that asks something of it. */
function documentsByType(): Map<GraphQLObjectType, (asked: string) => string> {
  const found = new Map([[query, (asked: string) => `{ ${asked} }`]]);
  for (const [type, document] of found) {
    for (const field of Object.values(type.getFields())) {
      const inner = getNamedType(field.type);
      if (!isObjectType(inner) || found.has(inner) || LEFT_TO_RESOLVERS.includes(nameOf(type, field))) continue;
      found.set(inner, (asked) => document(`${written(field)} { ${asked} }`));
    }
  }
  return found;
}

/** All that is planned of a type, so many objects deep. */
function everything(type: GraphQLObjectType, depth: number): string {
  const fields = Object.values(type.getFields()).filter((field) => !LEFT_TO_RESOLVERS.includes(nameOf(type, field)));
  return fields
    .flatMap((field) => {
      const inner = getNamedType(field.type);
      if (isLeafType(inner)) return [field.name];
      if (!isObjectType(inner) || depth === 0) return [];
      const isShape = /(Connection|Edge|PageInfo|Money|Party)$/.test(inner.name);
      const size = field.args.some(({ name }) => name === 'first') ? '(first: 2)' : '';
      return [`${field.name}${size} { ${everything(inner, isShape ? depth : depth - 1)} __typename }`];
    })
    .join(' ');
}

describe('an admin’s query', () => {
  it('is planned whatever field it asks for, but for those named', async () => {
    const unplanned: string[] = [];
    for (const [type, document] of documentsByType()) {
      for (const field of Object.values(type.getFields())) {
        if (!(await isPlanned(document(selected(field))))) unplanned.push(nameOf(type, field));
      }
    }
    expect(unplanned.sort()).toEqual([...LEFT_TO_RESOLVERS].sort());
  });

  it('reaches every kind of object that has an id', () => {
    const kinds = [...documentsByType().keys()].map(({ name }) => name);
    expect(kinds).toEqual(expect.arrayContaining([...READABLES.keys()]));
  });

  it.each([...READABLES.keys()])('is planned for a %s by its id, as any object', async (kind) => {
    const type = schema.getType(kind) as GraphQLObjectType;
    expect(
      await isPlanned(
        `{ node(id: "${encodeId(kind, '1')}") { __typename id ... on ${kind} { ${everything(type, 1)} } } }`,
      ),
    ).toBe(true);
  });

  it.each(
    Object.values(query.getFields())
      .filter((field) => !LEFT_TO_RESOLVERS.includes(nameOf(query, field)) && isObjectType(getNamedType(field.type)))
      .map((field) => [field.name, field] as const),
  )('is planned for %s with everything beneath', async (_name, field) => {
    const size = field.args.some(({ name }) => name === 'first')
      ? '(first: 3)'
      : written(field).slice(field.name.length);
    const inner = everything(getNamedType(field.type) as GraphQLObjectType, 1);
    expect(await isPlanned(`{ ${field.name}${size} { ${inner} } }`)).toBe(true);
  });
});
