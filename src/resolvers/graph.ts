import 'reflect-metadata';
import { type GraphQLFieldConfig, GraphQLSchema, isObjectType } from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import type { Context } from '../context.js';
import { OPERATION_RULES } from '../services/operation-rules.js';
import { denialOf, type OperationRule, type OperationRules } from '../services/shared/access/operation-rule.js';
import { RESOLVERS } from './resolvers.js';
import { declareGlobalId, readAsDeclared } from './shared/declares.js';
import { declareGap, followingOf } from './shared/live/follows.js';

function rootFields(schema: GraphQLSchema) {
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}).map((field) => [`${type!.name}.${field.name}`, field] as const),
  );
}

/** TypeGraphQL makes these types itself and takes no description for them. */
const ROOT_DESCRIPTIONS = {
  Query: 'What can be read; every list is a connection, and shows what whoever asks may see.',
  Mutation: 'What can be done; each answers with a result or with `errors`, and does all of it or nothing.',
  Subscription: 'What can be followed, over graphql-transport-ws; rights are asked before each event.',
};

type Guarded = Pick<GraphQLFieldConfig<unknown, Context>, 'resolve' | 'subscribe'>;

/** Lets nobody through to an operation whom its rule does not name. */
function guard(operation: string, field: Guarded, rule: OperationRule): void {
  for (const step of ['resolve', 'subscribe'] as const) {
    const inner = field[step];
    if (!inner) continue;
    field[step] = (root, args, context, info) => {
      const denial = denialOf(context.actor, operation, rule);
      if (denial) throw denial;
      return inner(root, args, context, info);
    };
  }
}

/**
 * Puts its rule before every operation.
 *
 * @throws Error that names the operations without a rule: the graph does not start while there is one
 */
export function guardOperations(schema: GraphQLSchema, rules: OperationRules): void {
  const unruled = rootFields(schema).filter(([operation]) => !rules[operation]);
  if (unruled.length > 0) {
    throw new Error(`No rule says who may use ${unruled.map(([operation]) => operation).join(', ')}.`);
  }
  for (const [operation, field] of rootFields(schema)) guard(operation, field as Guarded, rules[operation]!);
}

/** TypeGraphQL asks for one; its own would let one slow client bring the process down, so it gets none: subscriptions follow the event log. */
const NO_PUB_SUB = {
  publish: () => {
    throw new Error('What happened is recorded in the event log.');
  },
  subscribe: () => {
    throw new Error('A subscription follows the event log: give it a `subscribe`.');
  },
};

/** Builds the graph: every type, and a guard before every operation. */
export function buildGraph(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: RESOLVERS as unknown as NonEmptyArray<() => unknown>,
    validate: false,
    pubSub: NO_PUB_SUB,
    emitSchemaFile: false,
  });
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const { name } of type.getInterfaces()) {
      if (name === 'Node') declareGlobalId(type);
      if (name === 'LiveEvent') declareGap(type);
    }
    Object.values(type.getFields()).forEach(readAsDeclared);
  }
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    if (!followingOf(field)) throw new Error(`Nothing says how ${field.name} follows the event log (@Follows).`);
  }
  guardOperations(schema, OPERATION_RULES);
  for (const [name, description] of Object.entries(ROOT_DESCRIPTIONS)) schema.getType(name)!.description = description;
  return schema;
}
