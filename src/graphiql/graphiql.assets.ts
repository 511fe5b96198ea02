import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** A file of the page, ready to be sent. */
export interface Asset {
  readonly contentType: string;
  readonly gzipped: Buffer;
}

/** The files that the page of GraphiQL needs. */
export interface GraphiqlAssets {
  /** Changes when any of the files does, so that a browser may keep what stands under it for good. */
  readonly version: string;
  /** The file of that name, or undefined if the page has none such. */
  find(name: string): Promise<Asset | undefined>;
}

/** Where the page's own files lie: as far above `src/graphiql` as above `dist/graphiql`. */
export const WEB_DIRECTORY = fileURLToPath(new URL('../../web/graphiql/', import.meta.url));

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** What is served out of the package's bundle, which holds each part as a string. */
const BUNDLED = {
  'graphiql.js': 'js',
  'graphiql.css': 'css',
  'editor-worker.js': 'editorWorkerService',
  'graphql-worker.js': 'graphqlWorker',
  'json-worker.js': 'jsonWorker',
} as const;

const compress = promisify(gzip);
const require = createRequire(import.meta.url);

/** The bundle is 9 MB of source: it is loaded when the page is first looked at, not at start. */
const readBundled = (part: (typeof BUNDLED)[keyof typeof BUNDLED]) => async () =>
  (await import('@graphql-yoga/render-graphiql/graphiql'))[part];

const isServed = (name: string): boolean => extname(name) in CONTENT_TYPES;

/** Names the files, and reads the small ones that the version is made of; the large ones wait until asked for. */
export function openGraphiqlAssets(): GraphiqlAssets {
  const bundlePackage = require.resolve('@graphql-yoga/render-graphiql/package.json');
  const socketPackage = require.resolve('graphql-ws/package.json');
  const own = readdirSync(WEB_DIRECTORY).filter(isServed).sort();

  const fingerprint = createHash('sha256');
  for (const path of [bundlePackage, socketPackage, ...own.map((name) => join(WEB_DIRECTORY, name))]) {
    fingerprint.update(readFileSync(path));
  }

  const readers = new Map<string, () => Promise<string | Buffer>>([
    ...own.map((name) => [name, () => readFile(join(WEB_DIRECTORY, name))] as const),
    ...Object.entries(BUNDLED).map(([name, part]) => [name, readBundled(part)] as const),
    ['graphql-ws.js', () => readFile(join(socketPackage, '../umd/graphql-ws.min.js'))],
  ]);
  const loaded = new Map<string, Promise<Asset>>();

  const load = async (name: string, read: () => Promise<string | Buffer>): Promise<Asset> => ({
    contentType: CONTENT_TYPES[extname(name)] ?? 'application/octet-stream',
    gzipped: await compress(await read()),
  });

  return {
    version: fingerprint.digest('hex').slice(0, 12),
    async find(name) {
      const read = readers.get(name);
      if (!read) return undefined;
      if (!loaded.has(name)) loaded.set(name, load(name, read));
      return loaded.get(name);
    },
  };
}
