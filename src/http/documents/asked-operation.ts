import type { GraphQLError, GraphQLSchema } from 'graphql';
import { type CoercedVariables, coercedVariables } from '../../resolvers/shared/coerced-variables.js';
import type { KnownDocument, KnownOperation } from './known-document.js';
import type { OperationExtensions } from './operation-extensions.js';
import type { OperationRequest } from './operation-request.js';

const NO_FAULTS: readonly GraphQLError[] = [];

/** What a request asks for, read and held against the limits; nothing of it has run. */
export class AskedOperation {
  /** Why it must not run; empty when it may. */
  faults = NO_FAULTS;
  known: KnownDocument | undefined;
  /** Undefined where the document is refused, or has no operation of the name that was asked for. */
  operation: KnownOperation | undefined;
  /** What the answer tells of the operation's size. */
  extensions: OperationExtensions | undefined;
  #variables: CoercedVariables | undefined | null = null;

  constructor(
    private readonly schema: GraphQLSchema,
    readonly request: OperationRequest,
  ) {}

  /** The operation's variables as its types read them, read once; undefined when they are wrong. */
  get variables(): CoercedVariables | undefined {
    if (this.#variables === null) {
      this.#variables = this.operation && coercedVariables(this.schema, this.operation.node, this.request.variables);
    }
    return this.#variables;
  }
}
