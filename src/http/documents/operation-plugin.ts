import {
  type ApolloServerPlugin,
  type GraphQLRequestContext,
  type GraphQLRequestContextWillSendResponse,
  type GraphQLRequestListener,
  type GraphQLResponse,
  HeaderMap,
} from '@apollo/server';
import { type FormattedExecutionResult, GraphQLError, type GraphQLFormattedError, parse } from 'graphql';
import type { Context } from '../../context.js';
import type { OperationPlans } from '../../resolvers/shared/planning/operation-plans.js';
import { ReadyData } from '../ready-data.js';
import type { AskedOperation } from './asked-operation.js';

/** A context with what the request asks for; undefined where the request names no document. */
export interface OperationContext extends Context {
  readonly asked: AskedOperation | undefined;
}

/** Stands in for a document that is refused: Apollo lets a plugin refuse only what has been parsed. */
const REFUSED_SOURCE = '{ __typename }';
const REFUSED_DOCUMENT = parse(REFUSED_SOURCE);

const NO_HEADERS = new HeaderMap();

function answerOf(singleResult: FormattedExecutionResult): GraphQLResponse {
  return { http: { status: undefined, headers: NO_HEADERS }, body: { kind: 'single', singleResult } };
}

/** Gives Apollo what has been read of one request, or refuses it; and tells the operation's size in the answer. */
class OperationListener implements GraphQLRequestListener<OperationContext> {
  constructor(
    private readonly asked: AskedOperation,
    private readonly plans: OperationPlans | undefined,
    private readonly present: (error: GraphQLError) => GraphQLFormattedError,
  ) {}

  async didResolveSource(requestContext: GraphQLRequestContext<OperationContext>): Promise<void> {
    Object.assign(requestContext, { document: this.asked.known?.document ?? REFUSED_DOCUMENT });
  }

  async didResolveOperation(): Promise<void> {
    const [fault] = this.asked.faults;
    if (fault) throw fault;
  }

  /** A plan answers where there is one; the resolvers answer the rest. */
  async responseForOperation({
    contextValue,
  }: GraphQLRequestContext<OperationContext>): Promise<GraphQLResponse | null> {
    const { known, operation, variables } = this.asked;
    if (!this.plans || !known || !operation || !variables) return null;
    try {
      const text = await this.plans.answer(known.document, operation.node, variables, contextValue);
      return text === undefined ? null : answerOf({ data: new ReadyData(text) });
    } catch (error) {
      const failure = new GraphQLError('The plan failed.', { originalError: error as Error });
      return answerOf({ data: null, errors: [this.present(failure)] });
    }
  }

  async willSendResponse({ response }: GraphQLRequestContextWillSendResponse<OperationContext>): Promise<void> {
    if (response.body.kind !== 'single') return;
    const { faults, extensions } = this.asked;
    const { singleResult } = response.body;
    // Apollo takes one error from a plugin; a document may have several faults.
    if (faults.length > 1) singleResult.errors = faults.map(this.present);
    if (!extensions) return;
    singleResult.extensions = singleResult.extensions ? { ...singleResult.extensions, ...extensions } : extensions;
  }
}

/**
 * Puts what was read of a request in the place of Apollo's own reading, so that what was measured is what runs.
 *
 * @param plans answer what they can before the resolvers
 * @param present shows a fault to the client
 */
export function operationPlugin(
  plans: OperationPlans | undefined,
  present: (error: GraphQLError) => GraphQLFormattedError,
): ApolloServerPlugin<OperationContext> {
  return {
    async requestDidStart({ contextValue, request }) {
      const { asked } = contextValue;
      // Apollo refuses a request without a document; what we did not read must not be read by it either.
      request.query = asked && (asked.known?.source ?? REFUSED_SOURCE);
      delete request.extensions;
      if (!asked) return undefined;
      request.operationName = asked.faults.length > 0 ? undefined : asked.request.operationName;
      request.variables = asked.request.variables;
      return new OperationListener(asked, plans, present);
    },
  };
}
