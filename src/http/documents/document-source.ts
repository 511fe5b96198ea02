import type { KnownDocument } from './known-document.js';
import type { OperationRequest } from './operation-request.js';
import type { DocumentFaults } from './read-document.js';

/** Where the documents come from that clients may run. */
export interface DocumentSource {
  /** The document that a request is for, or why there is none; undefined where it names none at all. */
  find(request: OperationRequest): KnownDocument | DocumentFaults | undefined;
}
