import 'reflect-metadata';
import { type GraphQLFieldConfig, GraphQLSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import type { Context } from '../context.js';
import { OPERATION_RULES } from '../services/operation-rules.js';
import { denialOf } from '../services/shared/access/operation-rule.js';
import { RESOLVERS } from './resolvers.js';

/** The operations that have no rule of who may use them; none is served while there is one. */
export function operationsWithoutRule(schema: GraphQLSchema): string[] {
  return rootFields(schema)
    .map(([operation]) => operation)
    .filter((operation) => !OPERATION_RULES[operation]);
}

function rootFields(schema: GraphQLSchema) {
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}).map((field) => [`${type!.name}.${field.name}`, field] as const),
  );
}

/** TypeGraphQL makes these types itself and takes no description for them. */
const ROOT_DESCRIPTIONS = {
  Query: 'What can be read; every list is a connection, and shows what whoever asks may see.',
  Mutation: 'What can be done; each answers with a result or with `errors`, and is one transaction.',
  Subscription: 'What can be followed, over graphql-transport-ws; rights are asked anew before each event.',
};

type Guarded = Pick<GraphQLFieldConfig<unknown, Context>, 'resolve' | 'subscribe'>;

/** Lets nobody through to an operation whom its rule does not name. */
function guard(operation: string, field: Guarded): void {
  const rule = OPERATION_RULES[operation];
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
  for (const [operation, field] of rootFields(schema)) guard(operation, field as Guarded);
  for (const [name, description] of Object.entries(ROOT_DESCRIPTIONS)) schema.getType(name)!.description = description;
  return schema;
}
