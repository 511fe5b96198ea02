import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { type Context, createContext, type House } from '../context.js';
import { excessOf, measureOperation, type OperationLimits } from '../resolvers/shared/operation-limits.js';
import { presentError } from './present-error.js';

/** Tokens that a document may have; one that has more is not read to its end. */
export const MOST_TOKENS = 4_000;

/** Refuses an operation that is too large before anything of it runs. */
function limitPlugin(schema: GraphQLSchema, limits: OperationLimits): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, operation, request }) {
          if (!operation) return;
          const excess = excessOf(measureOperation(schema, document, operation, request.variables), limits);
          if (excess) {
            throw new GraphQLError(excess.message, { originalError: excess, extensions: { http: { status: 400 } } });
          }
        },
      };
    },
  };
}

/** Serves queries and mutations at `/graphql`. */
export async function registerGraphqlHttp(
  app: FastifyInstance,
  house: House,
  schema: GraphQLSchema,
  limits: OperationLimits,
  report: (error: unknown) => void,
): Promise<void> {
  const apollo = new ApolloServer<Context>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: MOST_TOKENS },
    stopOnTerminationSignals: false,
    // A browser is shown GraphiQL; Apollo's own page would load from another host.
    plugins: [limitPlugin(schema, limits), ApolloServerPluginLandingPageDisabled()],
    formatError: (formatted, error) => presentError(formatted, error, report),
  });
  await apollo.start();
  app.addHook('onClose', () => apollo.stop());
  app.route({
    url: '/graphql',
    method: ['GET', 'POST', 'OPTIONS'],
    handler: fastifyApolloHandler(apollo, {
      context: async (request) => {
        const { actor } = await house.authenticator.authenticate(request.headers.authorization);
        return createContext(house, actor, request.ip);
      },
    }),
  });
}
