import { type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from 'graphql';

/** An operation's variables as its types read them, defaults put in. */
export type CoercedVariables = Readonly<Record<string, unknown>>;

const NONE: CoercedVariables = Object.freeze({});

/**
 * Reads the variables that came with a valid operation.
 *
 * @returns undefined when they are wrong: the operation will be refused for them, and none of it runs
 */
export function coercedVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>> | null | undefined,
): CoercedVariables | undefined {
  const definitions = operation.variableDefinitions;
  if (!definitions || definitions.length === 0) return NONE;
  return getVariableValues(schema, definitions, variables ?? {}, { maxErrors: 1 }).coerced;
}
