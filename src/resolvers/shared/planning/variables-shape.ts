import {
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';
import { decodeId } from '../../../services/shared/ids/global-id.js';
import type { CoercedVariables } from '../coerced-variables.js';

/** Tells what of a value of some type the text of a statement may depend on. */
type Shape = (value: unknown) => string;

const text = (value: unknown) => (value === '' ? 'e' : 's');
const choice = (value: unknown) => String(value);

function shapeOfType(type: GraphQLInputType): Shape {
  const bare = isNonNullType(type) ? type.ofType : type;
  const shape = shapeOfBareType(bare);
  return (value) => (value == null ? '-' : shape(value));
}

function shapeOfBareType(type: GraphQLInputType): Shape {
  if (isListType(type)) return () => 'l';
  if (isEnumType(type)) return choice;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    // Made when first needed: an input may hold itself.
    let shapes: readonly (readonly [string, Shape])[] | undefined;
    return (value) => {
      shapes ??= fields.map((field) => [field.name, shapeOfType(field.type)] as const);
      const given = value as Readonly<Record<string, unknown>>;
      return `{${shapes.map(([name, shape]) => (given[name] == null ? '' : `${name}:${shape(given[name])},`)).join('')}}`;
    };
  }
  switch ('name' in type ? type.name : '') {
    case 'Int':
    case 'Boolean':
      return choice;
    case 'ID':
      return (id) => decodeId(String(id))?.kind ?? '?';
    default:
      return text;
  }
}

/**
 * Tells of an operation's variables what the text of its statement may depend on: which are given, numbers, choices and
 * the kinds of ids, but no text, instant or key. Equal shapes share a plan.
 */
export class VariablesShape {
  readonly #variables: readonly (readonly [string, Shape])[];

  constructor(schema: GraphQLSchema, operation: OperationDefinitionNode) {
    this.#variables = (operation.variableDefinitions ?? []).map(({ variable, type }) => {
      const input = typeFromAST(schema, type as never) as GraphQLInputType | undefined;
      return [variable.name.value, isInputType(input) ? shapeOfType(input) : text] as const;
    });
  }

  of(variables: CoercedVariables): string {
    let key = '';
    for (const [name, shape] of this.#variables) {
      // Left out, a default of the schema holds; null may be refused.
      const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
      key += value === undefined ? ';' : `${shape(value)};`;
    }
    return key;
  }
}
