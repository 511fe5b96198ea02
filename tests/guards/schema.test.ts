import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  printSchema,
} from 'graphql';
import { resolvers as foreignScalars } from 'graphql-scalars';
import { buildGraph, guardOperations } from '../../src/resolvers/graph.js';
import { OPERATION_RULES } from '../../src/services/operation-rules.js';

const schema = buildGraph();
const ownTypes = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
);

function undescribed(type: GraphQLNamedType): string[] {
  const missing = type.description ? [] : [type.name];
  if (isEnumType(type)) {
    missing.push(
      ...type
        .getValues()
        .filter((value) => !value.description)
        .map((value) => `${type.name}.${value.name}`),
    );
  }
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      if (!field.description) missing.push(`${type.name}.${field.name}`);
      missing.push(
        ...field.args.filter((arg) => !arg.description).map((arg) => `${type.name}.${field.name}(${arg.name})`),
      );
    }
  }
  if (isInputObjectType(type)) {
    missing.push(
      ...Object.values(type.getFields())
        .filter((field) => !field.description)
        .map((field) => `${type.name}.${field.name}`),
    );
  }
  return missing;
}

describe('the schema', () => {
  it('describes every type, field, argument and enum value', () => {
    expect(ownTypes.flatMap(undescribed)).toEqual([]);
  });

  it('describes its scalars in its own words, and has none that is not used', () => {
    const scalars = ownTypes.filter(isScalarType);
    expect(scalars.map(({ name }) => name).sort()).toEqual([
      'Currency',
      'Cursor',
      'DateTimeISO',
      'Decimal',
      'EmailAddress',
      'LocalDate',
      'PhoneNumber',
      'SafeInt',
    ]);
    const foreign = new Map(Object.values(foreignScalars).map((scalar) => [scalar.name, scalar.description]));
    expect(scalars.filter(({ name, description }) => foreign.get(name) === description)).toEqual([]);
  });

  it('lets every subscription go on behind a cursor, and tell of a gap', () => {
    const subscriptions = Object.values(schema.getSubscriptionType()!.getFields());
    expect(subscriptions.length).toBeGreaterThan(0);
    for (const { name, args, type } of subscriptions) {
      expect([name, String(args.find((arg) => arg.name === 'after')?.type)]).toEqual([name, 'Cursor']);
      const answered = getNamedType(type) as GraphQLObjectType;
      expect([name, answered.getInterfaces().map(String)]).toEqual([name, expect.arrayContaining(['LiveEvent'])]);
    }
  });

  it('is what schema.graphql says (else: npm run generate)', () => {
    const committed = readFileSync(join(import.meta.dirname, '../../schema.graphql'), 'utf8');
    expect(`${printSchema(schema)}\n`).toEqual(committed);
  });

  it('does not start while an operation has no rule, and names it', () => {
    const two = () => buildSchema('type Query { open: Int, forgotten: Int }');
    expect(() => guardOperations(two(), { 'Query.open': 'anybody' })).toThrow('Query.forgotten');
    expect(() => guardOperations(two(), { 'Query.open': 'anybody', 'Query.forgotten': 'known' })).not.toThrow();
  });

  it('has no rule for what is no operation', () => {
    const operations = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
      Object.keys(type?.getFields() ?? {}).map((field) => `${type!.name}.${field}`),
    );
    expect(Object.keys(OPERATION_RULES).filter((operation) => !operations.includes(operation))).toEqual([]);
  });

  it('gives each mutation one input at most, and a payload of its own with errors', () => {
    const wrong = Object.values(schema.getMutationType()?.getFields() ?? {}).filter((field) => {
      const name = field.name[0]!.toUpperCase() + field.name.slice(1);
      const payload = schema.getType(`${name}Payload`);
      const hasErrors = isObjectType(payload) && String(payload.getFields().errors?.type) === '[UserError!]!';
      const takesInput = field.args.length === 1 && field.args[0]!.name === 'input';
      return !hasErrors || String(field.type) !== `${name}Payload!` || (!takesInput && field.args.length > 0);
    });
    expect(wrong.map((field) => field.name)).toEqual([]);
  });

  it('has no float but durations', () => {
    const floats = ownTypes.flatMap((type) =>
      isObjectType(type) || isInputObjectType(type)
        ? Object.values(type.getFields())
            .filter((field) => String(field.type).includes('Float') && !field.name.endsWith('Seconds'))
            .map((field) => `${type.name}.${field.name}`)
        : [],
    );
    expect(floats).toEqual([]);
  });
});
