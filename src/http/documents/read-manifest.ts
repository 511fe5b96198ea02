import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** A document of a manifest: what clients ask for it by, and its text. */
export interface ManifestDocument {
  readonly id: string;
  readonly body: string;
}

/** A manifest cannot be used; `message` says why, with every document at fault. */
export class ManifestError extends Error {}

/** What Apollo's `generate-persisted-query-manifest` writes. */
const apolloManifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string() })),
});

/** What GraphQL Code Generator's client preset and Relay's compiler write: ids and texts. */
const plainManifest = z.record(z.string().min(1), z.string());

const FORMATS =
  'it must be `{ "<id>": "<document>" }`, as GraphQL Code Generator and Relay write it, or Apollo’s persisted query manifest of version 1';

/**
 * Reads the documents of a manifest, in any of the three usual formats.
 *
 * @throws ManifestError for a file that cannot be read or is none
 */
export async function readManifest(path: string): Promise<readonly ManifestDocument[]> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new ManifestError(error.message, { cause: error });
  });
  const documents = documentsOf(parseJson(text));
  if (documents.length === 0) throw new ManifestError('it has no documents');
  return documents;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ManifestError(`it is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

function documentsOf(content: unknown): ManifestDocument[] {
  const apollo = apolloManifest.safeParse(content);
  if (apollo.success) return apollo.data.operations;
  const plain = plainManifest.safeParse(content);
  if (!plain.success) throw new ManifestError(FORMATS);
  return Object.entries(plain.data).map(([id, body]) => ({ id, body }));
}
