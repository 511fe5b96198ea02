import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const DECIMAL = /^-?\d+(\.\d+)?$/;

function read(value: unknown): string {
  if (typeof value === 'string' && DECIMAL.test(value)) return value;
  throw new GraphQLError('A decimal is text such as "150.00".');
}

/** A client's number: whole ones are exact in JSON too, others only as text. */
function readInput(value: unknown): string {
  return read(Number.isSafeInteger(value) ? String(value) : value);
}

/** An exact decimal number, as text: money never passes through a float. */
export const DecimalScalar = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description:
    'An exact decimal number as text, such as `"0.283333"`; never a float. Whole numbers are taken as numbers too.',
  serialize: read,
  parseValue: readInput,
  parseLiteral: (node) => read(node.kind === Kind.STRING || node.kind === Kind.INT ? node.value : undefined),
});
