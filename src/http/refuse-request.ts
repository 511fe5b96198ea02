import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { FORMS } from '../services/distribution/web-form-address.js';
import { ErrorCode } from '../services/shared/errors/error-code.js';
import { sendUnknown } from './forms/send-page.js';

/** What Fastify itself finds wrong with a request, in words for whoever sent it. */
const WORDS: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'The request is too large.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Send JSON, with `content-type: application/json`.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The request has no body.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not JSON.',
};

const answer = (message: string, code: ErrorCode) => ({ errors: [{ message, extensions: { code } }] });

/** Answers a request whose address itself cannot be read, or is longer than any of ours. */
export function refuseAddress(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  if (request.url.startsWith(`${FORMS}/`)) void sendUnknown(request, reply);
  else void reply.code(400).send(answer('The address is malformed.', ErrorCode.BAD_USER_INPUT));
}

/** Answers requests that no handler took, and what a handler let fall, in the form of GraphQL errors. */
export function registerRefusals(app: FastifyInstance, report: (error: unknown) => void): void {
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send(answer('There is nothing at this address.', ErrorCode.NOT_FOUND)),
  );
  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 400 && status < 500) {
      const code = status === 413 ? ErrorCode.LIMIT_EXCEEDED : ErrorCode.BAD_USER_INPUT;
      return reply.code(status).send(answer(WORDS[error.code ?? ''] ?? 'The request is malformed.', code));
    }
    report(error);
    return reply.code(500).send(answer('Something failed on our side.', ErrorCode.INTERNAL));
  });
}
