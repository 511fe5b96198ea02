import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { FastifyInstance } from 'fastify';
import type { House } from '../context.js';
import type { OperationPlans } from '../resolvers/shared/planning/operation-plans.js';
import { answerGraphql } from './answer-graphql.js';
import { createHttpContext } from './documents/http-context.js';
import { type OperationContext, operationPlugin } from './documents/operation-plugin.js';
import type { Operations } from './documents/operations.js';
import { presentError } from './present-error.js';
import { stringifyAnswer } from './ready-data.js';

const silent = () => {};

/** Reports what failed outside of any field, with what it came from. */
function reportPlugin(report: (error: unknown) => void): ApolloServerPlugin<OperationContext> {
  return { unexpectedErrorProcessingRequest: async ({ error }) => report(error) };
}

/** Serves queries and mutations at `/graphql`. */
export async function registerGraphqlHttp(
  app: FastifyInstance,
  house: House,
  operations: Operations,
  plans: OperationPlans | undefined,
  report: (error: unknown) => void,
): Promise<void> {
  const apollo = new ApolloServer<OperationContext>({
    schema: operations.schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    // Its own log would go past ours; what it would say there, the plugin below reports.
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    // Documents are read and kept by `operations`, persisted ones too.
    documentStore: null,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    // A browser is shown GraphiQL; Apollo's own page would load from another host.
    plugins: [
      operationPlugin(plans, (fault) => presentError(fault.toJSON(), fault, report)),
      reportPlugin(report),
      // It would wrap every resolver of the graph, and nothing here is to be cached between clients.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
    ],
    stringifyResult: stringifyAnswer,
    formatError: (formatted, error) => presentError(formatted, error, report),
  });
  await apollo.start();
  app.addHook('onClose', () => apollo.stop());
  app.route({
    url: '/graphql',
    method: ['GET', 'POST', 'OPTIONS'],
    handler: (request, reply) =>
      answerGraphql(apollo, request, reply, () => createHttpContext(house, operations, request)),
  });
}
