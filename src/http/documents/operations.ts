import type { GraphQLSchema } from 'graphql';
import type { CoercedVariables } from '../../resolvers/shared/coerced-variables.js';
import { excessOf, type OperationLimits } from '../../resolvers/shared/operation-limits.js';
import { AskedOperation } from './asked-operation.js';
import { faultOf } from './document-fault.js';
import type { DocumentSource } from './document-source.js';
import type { OperationRequest } from './operation-request.js';

const NO_VARIABLES: CoercedVariables = Object.freeze({});

/** Finds and measures what requests ask for, over HTTP and the WebSocket alike. */
export class Operations {
  constructor(
    readonly schema: GraphQLSchema,
    private readonly limits: OperationLimits,
    private readonly source: DocumentSource,
  ) {}

  /** Reads what a request asks for; undefined when it names no document. */
  ask(request: OperationRequest | undefined): AskedOperation | undefined {
    const found = request && this.source.find(request);
    if (!found) return undefined;
    const asked = new AskedOperation(this.schema, request);
    if ('faults' in found) {
      asked.faults = found.faults;
      asked.extensions = found.extensions;
      return asked;
    }
    asked.known = found;
    asked.operation = found.operation(request.operationName);
    this.#measure(asked);
    return asked;
  }

  #measure(asked: AskedOperation): void {
    const { operation } = asked;
    if (!operation) return;
    const { measure } = operation;
    const size = measure.sizeWith(measure.isVariable ? asked.variables : NO_VARIABLES);
    asked.extensions = operation.extensionsOf(size);
    const excess = excessOf(size, this.limits);
    if (excess) asked.faults = [faultOf(excess)];
  }
}
