import type { GraphQLSchema } from 'graphql';
import type { OperationLimits } from '../../resolvers/shared/operation-limits.js';
import type { DocumentCacheBounds } from './document-cache.js';
import type { DocumentSource } from './document-source.js';
import { OpenDocuments } from './open-documents.js';
import { readManifest } from './read-manifest.js';
import { TrustedDocuments } from './trusted-documents.js';

/**
 * Opens where documents come from: the manifest where there is one, else whatever clients send.
 *
 * @throws ManifestError for a manifest that cannot be used
 */
export async function openDocumentSource(
  schema: GraphQLSchema,
  settings: {
    readonly limits: OperationLimits;
    readonly documentCache: DocumentCacheBounds;
    readonly trustedDocuments: string | undefined;
  },
): Promise<DocumentSource> {
  const { limits, documentCache, trustedDocuments } = settings;
  if (trustedDocuments === undefined) return new OpenDocuments(schema, limits, documentCache);
  return new TrustedDocuments(schema, limits, await readManifest(trustedDocuments));
}
