import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { OperationContext } from '../../../src/http/documents/operation-plugin.ts';
import { productModule } from '../../shared/product-module.ts';
import type { Parts } from '../open-parts.ts';

type Plugin = typeof import('../../../src/http/documents/operation-plugin.ts');
type Present = typeof import('../../../src/http/present-error.ts');
type Ready = typeof import('../../../src/http/ready-data.ts');

/**
 * Starts Apollo as the product's own `graphql-http.ts` does.
 *
 * @param more plugins, asked after the product's own
 */
export async function openApollo(
  { operations, plans, report }: Parts,
  more: readonly ApolloServerPlugin<OperationContext>[] = [],
): Promise<ApolloServer<OperationContext>> {
  const { operationPlugin } = await productModule<Plugin>('http/documents/operation-plugin.js');
  const { presentError } = await productModule<Present>('http/present-error.js');
  const { stringifyAnswer } = await productModule<Ready>('http/ready-data.js');
  const apollo = new ApolloServer<OperationContext>({
    schema: operations.schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    documentStore: null,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    plugins: [
      operationPlugin(plans, (fault) => presentError(fault.toJSON(), fault, report)),
      ...more,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
    ],
    stringifyResult: stringifyAnswer,
    formatError: (formatted, error) => presentError(formatted, error, report),
  });
  await apollo.start();
  return apollo;
}
