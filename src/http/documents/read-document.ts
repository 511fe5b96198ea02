import { type DocumentNode, GraphQLError, type GraphQLSchema, Kind, parse, validate } from 'graphql';
import { DocumentShape } from '../../resolvers/shared/document-shape.js';
import { excessOf, type OperationLimits, type OperationShape } from '../../resolvers/shared/operation-limits.js';
import { ErrorCode } from '../../services/shared/errors/error-code.js';
import { refuse } from '../../services/shared/errors/refusal.js';
import { documentFault, faultOf } from './document-fault.js';
import { nestsDeeperThan } from './document-nesting.js';
import { countTokens } from './document-tokens.js';
import { KnownDocument } from './known-document.js';
import { OperationExtensions } from './operation-extensions.js';

/** The longest document that is read, in characters; one of 4,000 tokens has about 30,000. */
const LONGEST_DOCUMENT = 64 * 1024;
/** The levels of brackets that a document may nest; the deepest operation that can be allowed has about 100. */
const DEEPEST_NESTING = 200;

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
  if (nestsDeeperThan(source, DEEPEST_NESTING)) {
    return refused(`The document is nested too deeply: at most ${DEEPEST_NESTING} levels of brackets are allowed.`);
  }
  try {
    return read(schema, limits, source);
  } catch (error) {
    // What is left to exhaust the stack: graphql-js follows brackets and chains of fragments by calling itself.
    if (error instanceof RangeError) return refused('The document is nested too deeply.');
    throw error;
  }
}

function read(schema: GraphQLSchema, limits: OperationLimits, source: string): KnownDocument | DocumentFaults {
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

const tooManyTokens = (limit: number) =>
  refused(`The document has more than ${limit} tokens, comments included, the most that are allowed.`);

function parsed(source: string, limit: number): DocumentNode | DocumentFaults {
  try {
    const document = parse(source, { maxLexicalTokens: limit, maxComments: limit });
    const { words, comments } = countTokens(document);
    return words + comments > limit ? tooManyTokens(limit) : document;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    // What graphql-js says of too many tokens or comments has no other mark than its words.
    if (/^Syntax Error: Document contains more th/.test(error.message)) return tooManyTokens(limit);
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
