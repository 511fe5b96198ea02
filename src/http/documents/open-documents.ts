import type { GraphQLSchema } from 'graphql';
import type { OperationLimits } from '../../resolvers/shared/operation-limits.js';
import { ErrorCode } from '../../services/shared/errors/error-code.js';
import { DocumentCache, type DocumentCacheBounds } from './document-cache.js';
import { documentFault, hashMismatch, persistedQueryNotFound } from './document-fault.js';
import { hashOf, withoutPrefix } from './document-hash.js';
import type { DocumentSource } from './document-source.js';
import type { KnownDocument } from './known-document.js';
import type { OperationRequest } from './operation-request.js';
import { type DocumentFaults, readDocument } from './read-document.js';

/**
 * Any document that is valid and within the limits, read once for as long as the cache holds it.
 *
 * A client may send a document with its hash, and from then on the hash alone (automatic persisted queries); when the
 * cache has let the document go, it is asked to send it once more.
 */
export class OpenDocuments implements DocumentSource {
  readonly cache: DocumentCache;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: OperationLimits,
    bounds: DocumentCacheBounds,
  ) {
    this.cache = new DocumentCache(bounds);
  }

  find({ query, id, persisted }: OperationRequest): KnownDocument | DocumentFaults | undefined {
    if (persisted && persisted.sha256Hash === undefined) {
      const message = '`extensions.persistedQuery` is `{ version: 1, sha256Hash }`.';
      return { faults: [documentFault(ErrorCode.BAD_USER_INPUT, message)] };
    }
    const hash = persisted?.sha256Hash ?? (id === undefined ? undefined : withoutPrefix(id));
    if (query !== undefined) return persisted ? this.#register(query, persisted.sha256Hash!) : this.#read(query);
    if (hash === undefined) return undefined;
    return this.cache.byHash(hash) ?? { faults: [persistedQueryNotFound()] };
  }

  #register(query: string, hash: string): KnownDocument | DocumentFaults {
    if (hashOf(query) !== hash) return { faults: [hashMismatch()] };
    const known = this.#read(query);
    if (!('faults' in known)) this.cache.register(hash, known);
    return known;
  }

  #read(query: string): KnownDocument | DocumentFaults {
    const kept = this.cache.byText(query);
    if (kept) return kept;
    const known = readDocument(this.schema, this.limits, query);
    if (!('faults' in known)) this.cache.keep(known);
    return known;
  }
}
