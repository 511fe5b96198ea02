import {
  type FieldNode,
  type GraphQLField,
  getNamedType,
  getNullableType,
  isListType,
  Kind,
  type ValueNode,
} from 'graphql';
import { countedFor } from '../../schema/shared/counts-for.js';
import { STANDARD_PAGE } from '../../services/shared/read/page-arguments.js';
import type { CoercedVariables } from './coerced-variables.js';

/** How many objects a field returns: a number, or what its variables make of it. */
export type Count = number | ((variables: CoercedVariables) => number);

/** The value of an argument: known, or to be read from a variable. */
type Argument = { readonly value: unknown } | { readonly read: (variables: CoercedVariables) => unknown };

/** Objects that a plain list counts for where it does not say otherwise: such lists are bounded by nature. */
const PLAIN_LIST = 10;

/** Whether a type is a page of a list. */
export const isConnection = (typeName: string): boolean => typeName.endsWith('Connection');

const sizeOfPage = (first: unknown, last: unknown) => Math.max(1, Number(first ?? last ?? STANDARD_PAGE));

/** How many objects are gone over to work out what a field gives, beside what it returns. */
export function countBeside(field: GraphQLField<unknown, unknown>): number {
  return isListType(getNullableType(field.type)) ? 0 : (countedFor(field) ?? 0);
}

/** How many objects a field of a valid document returns for each object that it is a field of. */
export function countObjects(field: GraphQLField<unknown, unknown>, node: FieldNode): Count {
  if (isListType(getNullableType(field.type))) {
    const usual = countedFor(field) ?? PLAIN_LIST;
    const sizeOfList = (ids: unknown) => (Array.isArray(ids) ? ids.length : usual);
    return combine(sizeOfList, argumentOf(field, node, 'ids'), { value: undefined });
  }
  if (!isConnection(getNamedType(field.type).name)) return 1;
  return combine(sizeOfPage, argumentOf(field, node, 'first'), argumentOf(field, node, 'last'));
}

function combine(size: (one: unknown, other: unknown) => number, one: Argument, other: Argument): Count {
  if ('value' in one && 'value' in other) return size(one.value, other.value);
  const readOne = readerOf(one);
  const readOther = readerOf(other);
  return (variables) => size(readOne(variables), readOther(variables));
}

const readerOf = (argument: Argument) => ('read' in argument ? argument.read : () => argument.value);

/** An argument as running the field reads it: a variable that did not come leaves it to the argument's default. */
function argumentOf(field: GraphQLField<unknown, unknown>, node: FieldNode, name: string): Argument {
  const standard = field.args.find((argument) => argument.name === name)?.defaultValue;
  const given = node.arguments?.find((argument) => argument.name.value === name)?.value;
  if (!given) return { value: standard };
  if (given.kind !== Kind.VARIABLE) return { value: literalOf(given) };
  const variable = given.name.value;
  return { read: (variables) => (Object.hasOwn(variables, variable) ? variables[variable] : standard) };
}

/** What is needed of a literal: a number's value, a list's length; GraphQL takes one value for a list of it. */
function literalOf(node: ValueNode): unknown {
  if (node.kind === Kind.NULL) return null;
  if (node.kind === Kind.INT) return Number(node.value);
  return node.kind === Kind.LIST ? node.values : [node];
}
