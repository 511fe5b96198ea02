import type { ApolloServerPlugin, GraphQLRequestListener, GraphQLResponse } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import type { OperationPlans } from '../resolvers/shared/planning/operation-plans.js';
import type { OperationContext } from './documents/operation-plugin.js';
import { ReadyData } from './ready-data.js';

/** Lets a plan answer where there is one; the resolvers answer the rest. */
export function planPlugin(plans: OperationPlans): ApolloServerPlugin<OperationContext> {
  const listener: GraphQLRequestListener<OperationContext> = {
    async responseForOperation({ contextValue }): Promise<GraphQLResponse | null> {
      const { asked } = contextValue;
      const variables = asked?.variables;
      if (!asked?.known || !asked.operation || !variables) return null;
      const text = await plans.answer(asked.known.document, asked.operation.node, variables, contextValue);
      if (text === undefined) return null;
      return {
        http: { status: undefined, headers: new HeaderMap() },
        body: { kind: 'single', singleResult: { data: new ReadyData(text) } },
      };
    },
  };
  return { requestDidStart: async () => listener };
}
