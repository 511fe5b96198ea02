import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ErrorCode } from '../services/shared/errors/error-code.js';
import { Refusal } from '../services/shared/errors/refusal.js';
import { isTooLarge, refuseAnswer } from '../services/shared/limits/answer-size.js';
import { DOCUMENT_NOT_TRUSTED } from './documents/document-fault.js';

/** Codes that documents and requests get which are wrong by themselves: Apollo's, and ours. */
const OF_THE_REQUEST = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  DOCUMENT_NOT_TRUSTED,
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
]);

const originOf = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError ? originOf(error.originalError) : error;

/**
 * An error as a client may see it: a refusal with its code and the path of the input, a wrong request in its own
 * words, and of everything else only that it happened.
 *
 * @param report is given what the client is not told
 */
export function presentError(
  formatted: GraphQLFormattedError,
  error: unknown,
  report: (error: unknown) => void,
): GraphQLFormattedError {
  const { message, locations, path } = formatted;
  const place = { ...(locations ? { locations } : {}), ...(path ? { path } : {}) };
  const failure = originOf(error);
  const origin = isTooLarge(failure) ? refuseAnswer() : failure;
  if (origin instanceof Refusal) {
    const [first, ...more] = origin.errors;
    const extensions = { code: first.code, path: first.path, ...(more.length > 0 ? { errors: origin.errors } : {}) };
    return { ...place, message: first.message, extensions };
  }
  const code = formatted.extensions?.code;
  if (typeof code === 'string' && OF_THE_REQUEST.has(code)) return { ...place, message, extensions: { code } };
  if (origin instanceof GraphQLError && code === undefined && !path) {
    return { ...place, message, extensions: { code: ErrorCode.BAD_USER_INPUT } };
  }
  // graphql-js refuses an argument where a variable that may be null is null in a place that may not.
  if (origin instanceof GraphQLError && origin.nodes && origin.message.startsWith('Argument ')) {
    return { ...place, message, extensions: { code: ErrorCode.BAD_USER_INPUT } };
  }
  report(origin);
  return { ...place, message: 'Something failed on our side.', extensions: { code: ErrorCode.INTERNAL } };
}
