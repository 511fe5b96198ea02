import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse } from '../shared/errors/refusal.js';

/** What the name of a file ends in while its bytes still come. */
export const UNFINISHED = '.part';

/** Where a file goes. */
export interface FileTarget {
  /** Of all files; databases may share it. */
  readonly directory: string;
  /** Within it, of one database: named for the installation. */
  readonly folder: string;
  /** The most that is taken. */
  readonly maxBytes: number;
}

/** The bytes of a file, safe on disk. */
export interface StoredBytes {
  /** A random name of ours in the folder, relative to the directory. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Hex. */
  readonly sha256: string;
}

/**
 * Writes a file that is sent to us under a random name; when it is there, all of it is, also after a power cut.
 *
 * @throws Refusal with LIMIT_EXCEEDED for a larger file and BAD_USER_INPUT for an empty one; a content that breaks off
 * throws its own error. Nothing is left behind in any of these cases.
 */
export async function storeFile({ directory, folder, maxBytes }: FileTarget, content: Readable): Promise<StoredBytes> {
  if (await mkdir(join(directory, folder), { recursive: true })) await syncDirectory(directory);
  const path = join(folder, randomBytes(24).toString('hex'));
  const target = join(directory, path);
  const unfinished = `${target}${UNFINISHED}`;
  try {
    const written = await writeAll(unfinished, content, maxBytes);
    await rename(unfinished, target);
    await syncDirectory(join(directory, folder));
    return { path, ...written };
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function writeAll(path: string, content: Readable, maxBytes: number) {
  const file = await open(path, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    let sizeBytes = 0;
    // The sender's stream stays open after a refusal: the answer goes over the same connection.
    for await (const chunk of content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes) throw tooLarge(maxBytes);
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    if (sizeBytes === 0) throw refuse(ErrorCode.BAD_USER_INPUT, 'The file is empty.', ['file']);
    await file.sync();
    return { sizeBytes, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

/** The refusal of a file that is larger than what is taken. */
export function tooLarge(maxBytes: number) {
  return refuse(ErrorCode.LIMIT_EXCEEDED, `The file is larger than ${maxBytes} bytes.`, ['file']);
}

/** A rename is on disk when its directory is. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
