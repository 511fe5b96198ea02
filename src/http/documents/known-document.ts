import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import type { DocumentShape } from '../../resolvers/shared/document-shape.js';
import type { OperationLimits, OperationSize } from '../../resolvers/shared/operation-limits.js';
import { OperationMeasure } from '../../resolvers/shared/operation-measure.js';
import { OperationExtensions } from './operation-extensions.js';

/** Bytes of memory that a token of a document takes when it is parsed, at most; measured with graphql 16. */
const BYTES_OF_TOKEN = 500;
const BYTES_OF_CHARACTER = 2;

/** An operation of a document that was parsed, validated and measured. */
export class KnownOperation {
  readonly #measure: OperationMeasure;
  #told: { readonly size: OperationSize; readonly extensions: OperationExtensions } | undefined;

  constructor(
    schema: GraphQLSchema,
    document: DocumentNode,
    readonly node: OperationDefinitionNode,
    shape: DocumentShape,
    private readonly limits: OperationLimits,
  ) {
    this.#measure = new OperationMeasure(schema, document, node, shape.ofOperation(node));
  }

  get measure(): Pick<OperationMeasure, 'isVariable' | 'sizeWith'> {
    return this.#measure;
  }

  /** What an answer tells of the operation's size; the same object for as long as that is. */
  extensionsOf(size: OperationSize): OperationExtensions {
    if (this.#told?.size !== size) this.#told = { size, extensions: new OperationExtensions(size, this.limits) };
    return this.#told.extensions;
  }
}

/** A document that was parsed and validated, within the limits that its text alone can go beyond. */
export class KnownDocument {
  /** About the memory that it takes, in bytes. */
  readonly bytes: number;
  readonly #operations = new Map<string | undefined, KnownOperation>();

  constructor(
    schema: GraphQLSchema,
    readonly source: string,
    readonly document: DocumentNode,
    shape: DocumentShape,
    limits: OperationLimits,
  ) {
    this.bytes = (document.tokenCount ?? source.length) * BYTES_OF_TOKEN + source.length * BYTES_OF_CHARACTER;
    for (const definition of document.definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      const operation = new KnownOperation(schema, document, definition, shape, limits);
      this.#operations.set(definition.name?.value, operation);
    }
  }

  get operations(): Iterable<KnownOperation> {
    return this.#operations.values();
  }

  /** The operation of that name; without a name the only one, or undefined where there are several. */
  operation(name: string | undefined): KnownOperation | undefined {
    if (name !== undefined) return this.#operations.get(name);
    return this.#operations.size === 1 ? this.#operations.values().next().value : undefined;
  }
}
