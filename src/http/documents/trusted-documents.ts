import type { GraphQLSchema } from 'graphql';
import { coercedVariables } from '../../resolvers/shared/coerced-variables.js';
import { excessOf, type OperationLimits } from '../../resolvers/shared/operation-limits.js';
import { documentNotTrusted, hashMismatch } from './document-fault.js';
import { hashOf, withoutPrefix } from './document-hash.js';
import type { DocumentSource } from './document-source.js';
import type { KnownDocument } from './known-document.js';
import type { OperationRequest } from './operation-request.js';
import { type DocumentFaults, readDocument } from './read-document.js';
import { type ManifestDocument, ManifestError } from './read-manifest.js';

/** The documents of a manifest and no others: by their id, by the SHA-256 of their text, or by the text itself. */
export class TrustedDocuments implements DocumentSource {
  readonly #byId = new Map<string, KnownDocument>();
  readonly #byText = new Map<string, KnownDocument>();

  /**
   * Reads all documents at once, so that the first request finds its own ready.
   *
   * @throws ManifestError that names each document which is not valid or beyond the limits
   */
  constructor(schema: GraphQLSchema, limits: OperationLimits, documents: readonly ManifestDocument[]) {
    const faults: string[] = [];
    for (const { id, body } of documents) {
      const known = this.#byText.get(body) ?? readDocument(schema, limits, body);
      const fault = 'faults' in known ? known.faults[0]!.message : excessAsItStands(schema, limits, known);
      if (fault !== undefined) faults.push(`  ${id}: ${fault}`);
      else if (!('faults' in known) && !this.#add(id, known)) faults.push(`  ${id}: two documents have this id.`);
    }
    if (faults.length > 0) throw new ManifestError(`these documents of it cannot run:\n${faults.join('\n')}`);
  }

  find({ query, id, persisted }: OperationRequest): KnownDocument | DocumentFaults | undefined {
    if (query === undefined && id === undefined && !persisted) return undefined;
    const key = persisted ? persisted.sha256Hash : id;
    const named = key === undefined ? undefined : (this.#byId.get(key) ?? this.#byId.get(withoutPrefix(key)));
    const known = query === undefined ? named : this.#byText.get(query);
    if (!known) return { faults: [documentNotTrusted()] };
    if (key !== undefined && named !== known) return { faults: [hashMismatch()] };
    return known;
  }

  /** Whether the id was free, or the same document's. */
  #add(id: string, known: KnownDocument): boolean {
    const holder = this.#byId.get(id);
    if (holder && holder !== known) return false;
    this.#byText.set(known.source, known);
    this.#byId.set(id, known);
    this.#byId.set(hashOf(known.source), known);
    return true;
  }
}

/** Why a document's operations are too large already with no more than the defaults of their variables. */
function excessAsItStands(schema: GraphQLSchema, limits: OperationLimits, known: KnownDocument): string | undefined {
  for (const { node, measure } of known.operations) {
    const excess = excessOf(measure.sizeWith(coercedVariables(schema, node, undefined)), limits);
    if (excess) return excess.message;
  }
  return undefined;
}
