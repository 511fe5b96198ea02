import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import type { DocumentShape } from '../../resolvers/shared/document-shape.js';
import type { OperationLimits, OperationSize } from '../../resolvers/shared/operation-limits.js';
import { OperationMeasure } from '../../resolvers/shared/operation-measure.js';
import { countTokens } from './document-tokens.js';
import { OperationExtensions } from './operation-extensions.js';
import { rootFieldsOf } from './root-fields.js';

/** Bytes of memory that a token of a document takes with what is parsed of it, at most; measured with graphql 16. */
const BYTES_OF_TOKEN = 500;
/** The same of a comment, of which only the token is kept. */
const BYTES_OF_COMMENT = 150;
/** The same of an escape in a string: the lexer puts the string's value together of as many pieces. */
const BYTES_OF_ESCAPE = 64;
const BYTES_OF_CHARACTER = 2;

/** About the memory that a parsed document takes with its text, in bytes. */
function bytesOf(source: string, document: DocumentNode): number {
  const { words, comments } = countTokens(document);
  const escapes = source.split('\\').length - 1;
  return (
    words * BYTES_OF_TOKEN +
    comments * BYTES_OF_COMMENT +
    escapes * BYTES_OF_ESCAPE +
    source.length * BYTES_OF_CHARACTER
  );
}

/** An operation of a document that was parsed, validated and measured. */
export class KnownOperation {
  /** Whether the place in the event log is to be read before anything else. */
  readonly asksForPlace: boolean;
  readonly #measure: OperationMeasure;
  #told: { readonly size: OperationSize; readonly extensions: OperationExtensions } | undefined;

  constructor(
    schema: GraphQLSchema,
    document: DocumentNode,
    readonly node: OperationDefinitionNode,
    shape: DocumentShape,
    private readonly limits: OperationLimits,
  ) {
    this.asksForPlace = rootFieldsOf(document, node).has('feedCursor');
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
    this.bytes = bytesOf(source, document);
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
