import { createHash } from 'node:crypto';
import { buildSchema } from 'graphql';
import type { KnownDocument } from '../../src/http/documents/known-document.js';
import { OpenDocuments } from '../../src/http/documents/open-documents.js';
import type { OperationRequest } from '../../src/http/documents/operation-request.js';
import { measureDocuments } from './document-memory.js';

const schema = buildSchema('type Query { field(text: String): Int }');
const LIMITS = {
  depth: 10,
  cost: 100,
  breadth: 2_000,
  fields: 2_000,
  aliases: 2_000,
  rootFields: 2_000,
  repeats: 2_000,
  tokens: 4_000,
};
const MEGABYTE = 1_048_576;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const textOf = (n: number) => `query Q${n} { field }`;
const request = (parts: Partial<OperationRequest>): OperationRequest => ({
  query: undefined,
  id: undefined,
  persisted: undefined,
  operationName: undefined,
  variables: undefined,
  ...parts,
});

describe('the cache of documents', () => {
  const open = (documents: number, bytes = MEGABYTE) => new OpenDocuments(schema, LIMITS, { documents, bytes });
  const find = (source: OpenDocuments, query: string) => source.find(request({ query })) as KnownDocument;

  it('gives the document that was read before', () => {
    const documents = open(10);
    const first = find(documents, textOf(1));
    expect(find(documents, `${'query Q1 '}{ field }`)).toBe(first);
    expect(find(documents, textOf(2))).not.toBe(first);
    expect(documents.cache.size).toBe(2);
  });

  it('keeps no more documents than it may, those that are used last of all', () => {
    const documents = open(10);
    const used = find(documents, textOf(0));
    for (let n = 1; n < 1_000; n += 1) {
      find(documents, textOf(n));
      expect(find(documents, textOf(0))).toBe(used);
    }
    expect(documents.cache.size).toBe(10);
    const forgotten = find(documents, textOf(500));
    for (let n = 1_000; n < 1_030; n += 1) find(documents, textOf(n));
    expect(find(documents, textOf(500))).not.toBe(forgotten);
  });

  it('keeps no more bytes than it may, and nothing that alone is too large', () => {
    const documents = open(1_000, MEGABYTE);
    const wide = (n: number) => `query Q${n} { ${'field '.repeat(100)} }`;
    for (let n = 0; n < 100; n += 1) {
      find(documents, wide(n));
      expect(documents.cache.bytes).toBeLessThanOrEqual(MEGABYTE);
    }
    expect(documents.cache.size).toBeGreaterThan(10);
    const { size } = documents.cache;
    const huge = `{ ${Array.from({ length: 1_000 }, (_, n) => `f${n}: field`).join(' ')} }`;
    expect(find(documents, huge).operation(undefined)).toBeDefined();
    expect(documents.cache.size).toBe(size);
  });

  it.each([
    ['fields', 'field '.repeat(300), 4],
    ['comments without a word', `field${'\n#'.repeat(3_000)}\n`, 2],
    ['comments', `field${'\n# why this is asked for'.repeat(2_000)}\n`, 2],
    ['fields and comments', 'field # why\n'.repeat(300), 3],
    ['a string of escapes', `field(text: "${'\\n'.repeat(20_000)}")`, 3],
    ['a string of long escapes', `field(text: "${'\\u0416'.repeat(8_000)}")`, 3],
  ])('counts what documents of %s take of the memory in full, and not too much', async (_what, selection, times) => {
    const ratio = await measureDocuments(selection);
    expect(ratio).toBeGreaterThan(1);
    expect(ratio).toBeLessThan(times);
  });

  it('keeps no document with more comments than it may have tokens', () => {
    const documents = open(10);
    const query = `{ field${'\n#'.repeat(30_000)}\n}`;
    expect(documents.find(request({ query, persisted: { sha256Hash: sha256(query) } }))).toMatchObject({
      faults: [{ originalError: { code: 'LIMIT_EXCEEDED' } }],
    });
    expect(documents.cache).toMatchObject({ size: 0, bytes: 0 });
  });

  it('keeps no document that is refused, and no hash of it', () => {
    const documents = open(10);
    const query = '{ nothing }';
    const sha256Hash = sha256(query);
    expect(documents.find(request({ query, persisted: { sha256Hash } }))).toMatchObject({
      faults: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
    expect(documents.cache.size).toBe(0);
    expect(documents.find(request({ persisted: { sha256Hash } }))).toMatchObject({
      faults: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
  });

  it('forgets a hash with its document', () => {
    const documents = open(3);
    const persisted = (n: number) => ({ sha256Hash: sha256(textOf(n)) });
    for (let n = 0; n < 1_000; n += 1) {
      documents.find(request({ query: textOf(n), persisted: persisted(n) }));
      expect(documents.find(request({ persisted: persisted(n) }))).toMatchObject({ source: textOf(n) });
    }
    const answered = Array.from({ length: 1_000 }, (_, n) => documents.find(request({ persisted: persisted(n) })));
    expect(answered.filter((found) => found && !('faults' in found))).toHaveLength(3);
  });
});
