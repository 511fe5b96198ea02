import { type DocumentNode, GraphQLError, type GraphQLSchema, Kind, parse, validate } from 'graphql';
import { DocumentShape } from '../../resolvers/shared/document-shape.js';
import { excessOf, type OperationLimits, type OperationShape } from '../../resolvers/shared/operation-limits.js';
import { ErrorCode } from '../../services/shared/errors/error-code.js';
import { refuse } from '../../services/shared/errors/refusal.js';
import { documentFault, faultOf } from './document-fault.js';
import { KnownDocument } from './known-document.js';
import { OperationExtensions } from './operation-extensions.js';

/** The longest document that is read, in characters; one of 4,000 tokens has about 30,000. */
const LONGEST_DOCUMENT = 256 * 1024;

/** Why a document cannot run; what is known of its size, where it was measured. */
export interface DocumentFaults {
  readonly faults: readonly GraphQLError[];
  readonly extensions?: OperationExtensions;
}

const refused = (message: string): DocumentFaults => ({
  faults: [faultOf(refuse(ErrorCode.LIMIT_EXCEEDED, message))],
});

/**
 * Parses, measures and validates a document, in this order: validation takes time with the square of what one selection
 * holds, so a document is held against the limits first.
 */
export function readDocument(
  schema: GraphQLSchema,
  limits: OperationLimits,
  source: string,
): KnownDocument | DocumentFaults {
  if (source.length > LONGEST_DOCUMENT) {
    return refused(`The document has ${source.length} characters; at most ${LONGEST_DOCUMENT} are allowed.`);
  }
  const document = parsed(source, limits.tokens);
  if ('faults' in document) return document;
  const shape = new DocumentShape(document);
  const excess = excessIn(document, shape, limits);
  if (excess) return excess;
  const faults = validate(schema, document);
  if (faults.length > 0) {
    return { faults: faults.map((fault) => documentFault('GRAPHQL_VALIDATION_FAILED', fault.message, fault)) };
  }
  return new KnownDocument(schema, source, document, shape, limits);
}

function parsed(source: string, maxTokens: number): DocumentNode | DocumentFaults {
  try {
    return parse(source, { maxTokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    // What graphql-js says of too many tokens has no other mark than its words.
    if (/^Syntax Error: Document contains more th/.test(error.message)) {
      return refused(`The document has more than ${maxTokens} tokens, the most that are allowed.`);
    }
    return { faults: [documentFault('GRAPHQL_PARSE_FAILED', error.message, error)] };
  }
}

function excessIn(document: DocumentNode, shape: DocumentShape, limits: OperationLimits): DocumentFaults | undefined {
  for (const definition of document.definitions) {
    let size: Partial<OperationShape> = {};
    if (definition.kind === Kind.OPERATION_DEFINITION) size = shape.ofOperation(definition);
    else if (definition.kind === Kind.FRAGMENT_DEFINITION) size = shape.ofFragment(definition);
    const excess = excessOf(size, limits);
    if (excess) return { faults: [faultOf(excess)], extensions: new OperationExtensions(size, limits) };
  }
  return undefined;
}
