import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { ErrorCode } from '../../services/shared/errors/error-code.js';
import type { Refusal } from '../../services/shared/errors/refusal.js';

/** A document that is not in the manifest of trusted ones. */
export const DOCUMENT_NOT_TRUSTED = 'DOCUMENT_NOT_TRUSTED';

const WRONG_REQUEST = 400;

/** Why an operation is refused before anything of it runs, with the status that HTTP answers with. */
export function faultOf(refusal: Refusal): GraphQLError {
  return new GraphQLError(refusal.message, {
    originalError: refusal,
    extensions: { http: { status: WRONG_REQUEST } },
  });
}

/** A fault with a code, of the request as a whole or of a place in its document. */
export function documentFault(code: string, message: string, found?: GraphQLError): GraphQLError {
  return new GraphQLError(message, {
    ...(found ? { nodes: found.nodes, source: found.source, positions: found.positions } : {}),
    extensions: { code, http: { status: WRONG_REQUEST } },
  });
}

/** Asks a client to send the document beside its hash; worded and coded as stock clients know it, and never cached. */
export function persistedQueryNotFound(): GraphQLError {
  return new GraphQLError('PersistedQueryNotFound', {
    extensions: {
      code: 'PERSISTED_QUERY_NOT_FOUND',
      http: { status: 200, headers: new HeaderMap([['cache-control', 'private, no-cache, must-revalidate']]) },
    },
  });
}

/** Refuses a document that nobody has declared trusted. */
export function documentNotTrusted(): GraphQLError {
  return documentFault(DOCUMENT_NOT_TRUSTED, 'Only the documents of this server’s manifest are answered.');
}

/** Refuses a text whose hash is not the one that came with it. */
export function hashMismatch(): GraphQLError {
  return documentFault(ErrorCode.BAD_USER_INPUT, 'The hash that came with the document is not that of its text.');
}
