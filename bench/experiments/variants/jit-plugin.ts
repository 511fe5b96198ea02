import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import type { OperationContext } from '../../../src/http/documents/operation-plugin.ts';
import { productModule } from '../../shared/product-module.ts';
import type { Parts } from '../open-parts.ts';

type Present = typeof import('../../../src/http/present-error.ts');

type Known = NonNullable<NonNullable<OperationContext['asked']>['known']>;
type Schema = Parts['operations']['schema'];
type Result = Awaited<ReturnType<CompiledQuery['query']>>;

/** Its types are of this directory's copy of graphql, while it runs with the product's: these are the product's. */
const compile = compileQuery as unknown as (
  schema: Schema,
  document: Known['document'],
  operationName: string | undefined,
) => CompiledQuery | Result;

/**
 * Lets graphql-jit run what the resolvers answer; each operation is compiled once.
 *
 * Its own writing of JSON (`customJSONSerializer`) was tried and cannot be used: it refuses to compile an operation with
 * a scalar that is none of GraphQL's own ("Got unexpected PRIMITIVES type: EmailAddress").
 */
export async function jitPlugin({
  operations: { schema },
  report,
}: Parts): Promise<ApolloServerPlugin<OperationContext>> {
  const { presentError } = await productModule<Present>('http/present-error.js');
  const compiled = new WeakMap<object, CompiledQuery | Result>();
  return {
    requestDidStart: async () => ({
      async responseForOperation({ contextValue, request }) {
        const { known, operation } = contextValue.asked ?? {};
        if (!known || !operation || operation.node.operation !== 'query') return null;
        let query = compiled.get(operation.node);
        if (!query) {
          query = compile(schema, known.document, operation.node.name?.value);
          compiled.set(operation.node, query);
        }
        const result = isCompiledQuery(query) ? await query.query({}, contextValue, request.variables ?? {}) : query;
        const errors = result.errors?.map((error) => presentError(error.toJSON(), error, report));
        return {
          http: { status: undefined, headers: new HeaderMap() },
          body: {
            kind: 'single',
            singleResult: { ...(result.data !== undefined && { data: result.data }), ...(errors && { errors }) },
          },
        };
      },
    }),
  };
}
