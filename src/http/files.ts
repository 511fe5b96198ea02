import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.js';
import { Permission } from '../entities/identity/permission.enum.js';
import { fileNameOf, registerFile } from '../services/integrations/register-file.js';
import { type FileTarget, type StoredBytes, storeFile, tooLarge } from '../services/integrations/store-file.js';
import { denialOf } from '../services/shared/access/operation-rule.js';
import { ErrorCode } from '../services/shared/errors/error-code.js';
import { Refusal, refuse, type UserError } from '../services/shared/errors/refusal.js';
import { encodeId } from '../services/shared/ids/global-id.js';
import { nameInDisposition } from './content-disposition.js';
import { receivePart } from './receive-part.js';

const STATUS: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  BAD_USER_INPUT: 400,
  LIMIT_EXCEEDED: 413,
};

export interface FileDependencies {
  contextOf(request: FastifyRequest): Promise<Context>;
  /** Where the bytes go. */
  readonly directory: string;
  readonly maxBytes: number;
}

/** A file that has come in whole. */
interface Received extends StoredBytes {
  readonly name: string;
}

/**
 * Takes files in at `POST /files`: the body as it is, with its name in `?name=` or in Content-Disposition, or one file
 * as multipart/form-data. It answers `{ id, name, sizeBytes, sha256 }`; imports go by that id.
 *
 * Who may start imports may send files. A refusal answers `{ errors: [{ message, extensions: { code } }] }`; a file
 * that is refused or breaks off leaves nothing behind.
 */
export async function registerFiles(app: FastifyInstance, dependencies: FileDependencies): Promise<void> {
  await app.register(async (scope) => {
    // The body is a stream here, whatever it says it is.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    scope.post('/files', async (request, reply) => {
      try {
        return await reply.code(201).send(await takeIn(request, dependencies));
      } catch (error) {
        return refuseWith(reply, error);
      }
    });
  });
}

async function takeIn(request: FastifyRequest, dependencies: FileDependencies) {
  const { actor, client, database, house } = await dependencies.contextOf(request);
  const denial = denialOf(actor, 'POST /files', [Permission.IMPORTS_START]);
  if (denial) throw denial;
  const { directory, maxBytes } = dependencies;
  const file = await receive(request, { directory, folder: house.installation, maxBytes });
  try {
    const key = await database.transact(actor, (work) => registerFile(work, file), client);
    const { name, sizeBytes, sha256 } = file;
    return { id: encodeId('StoredFile', key), name, sizeBytes, sha256 };
  } catch (error) {
    await rm(join(directory, file.path), { force: true });
    throw error;
  }
}

async function receive(request: FastifyRequest, target: FileTarget): Promise<Received> {
  const { maxBytes } = target;
  if (request.headers['content-type']?.toLowerCase().startsWith('multipart/form-data')) {
    return receivePart(request.raw, target);
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const { name } = request.query as { name?: string | string[] };
  const sent = (Array.isArray(name) ? name[0] : name) ?? nameInDisposition(request.headers['content-disposition']);
  return { ...(await storeFile(target, request.raw)), name: fileNameOf(sent) };
}

function refuseWith(reply: FastifyReply, error: unknown) {
  if (reply.request.raw.errored || reply.raw.destroyed) {
    // Whoever sent it is gone; nobody reads an answer.
    return reply.hijack();
  }
  const known = error instanceof Refusal ? error : undefined;
  if (!known) reply.log.error({ err: error }, 'a file could not be taken in');
  const { code, errors } = known ?? refuse(ErrorCode.INTERNAL, 'Something failed on our side.');
  return reply.code(STATUS[code] ?? 500).send({
    errors: errors.map(({ message, code, path }: UserError) => ({ message, extensions: { code, path } })),
  });
}
