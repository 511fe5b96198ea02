import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { fileNameOf } from '../services/integrations/register-file.js';
import { type FileTarget, type StoredBytes, storeFile } from '../services/integrations/store-file.js';
import { ErrorCode } from '../services/shared/errors/error-code.js';
import { Refusal, refuse } from '../services/shared/errors/refusal.js';

/** Fields beside the file are read past; a form of more than these is not a file being sent. */
const LIMITS = { files: 1, fields: 20, fieldSize: 64 * 1024, headerPairs: 50 };

/**
 * Takes in the one file of a multipart/form-data request.
 *
 * @throws Refusal with BAD_USER_INPUT for a form without a file, with two, or one that is malformed, and what
 * `storeFile` throws
 */
export async function receivePart(
  request: IncomingMessage,
  target: FileTarget,
): Promise<StoredBytes & { readonly name: string }> {
  const form = new Form(openParser(request), target);
  try {
    await form.readFrom(request);
    return await form.onlyFile();
  } catch (error) {
    request.unpipe();
    request.resume();
    await form.discard();
    if (error instanceof Refusal || request.errored) throw error;
    throw refuse(ErrorCode.BAD_USER_INPUT, 'This is not multipart/form-data.', ['file']);
  }
}

function openParser(request: IncomingMessage): BusboyInstance {
  const { 'content-type': type = '' } = request.headers;
  try {
    return new Busboy({ headers: { ...request.headers, 'content-type': type }, limits: LIMITS });
  } catch {
    throw refuse(ErrorCode.BAD_USER_INPUT, 'This is not multipart/form-data with a boundary.', ['file']);
  }
}

/** A form that is being read. */
class Form {
  #part: Readable | undefined;
  #file: Promise<StoredBytes & { readonly name: string }> | undefined;
  #surplus = false;

  constructor(
    private readonly parser: BusboyInstance,
    private readonly target: FileTarget,
  ) {}

  readFrom(request: IncomingMessage): Promise<void> {
    return new Promise((resolve, reject) => {
      this.parser.once('finish', resolve);
      // One form may fail more than once, and a failure that nobody hears would end the process.
      this.parser.on('error', reject);
      request.once('error', reject);
      this.parser.once('filesLimit', () => {
        this.#surplus = true;
      });
      this.parser.once('file', (_field, part, name) => {
        this.#part = part;
        // Its end in the middle is said before anything reads it; destroyed, it still says so to who reads it then.
        part.on('error', (error) => part.destroy(error));
        const stored = storeFile(this.target, part);
        this.#file = stored.then((bytes) => ({ ...bytes, name: fileNameOf(name) }));
        this.#file.catch(reject);
      });
      request.pipe(this.parser);
    });
  }

  async onlyFile() {
    if (!this.#file) throw refuse(ErrorCode.BAD_USER_INPUT, 'The form has no file.', ['file']);
    if (this.#surplus) throw refuse(ErrorCode.BAD_USER_INPUT, 'Send one file at a time.', ['file']);
    return this.#file;
  }

  /** Takes back what was stored. */
  async discard(): Promise<void> {
    this.#part?.destroy();
    const stored = await this.#file?.catch(() => undefined);
    if (stored) await rm(join(this.target.directory, stored.path), { force: true });
  }
}
