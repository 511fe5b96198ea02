import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { House } from '../context.js';
import { findIntakeSecrets } from '../services/distribution/find-intake-secrets.js';
import type { IntakeSender } from '../services/distribution/hold-open-intake.js';
import { takeInInquiry } from '../services/distribution/take-in-inquiry.js';
import { verifyIntakeSignature } from '../services/distribution/verify-intake-signature.js';
import { sourceActor } from '../services/shared/access/actor.js';
import { clientOf } from '../services/shared/access/client.js';
import { networkOf } from '../services/shared/access/network-of.js';
import { ErrorCode } from '../services/shared/errors/error-code.js';
import { Refusal, refuse } from '../services/shared/errors/refusal.js';
import { Budgets } from '../services/shared/limits/budgets.js';

/** The largest body, in bytes: every field as long as it may be, each character written as an escape. */
const BODY_LIMIT = 128 * 1024;
/** What requests are compared with whose source has no secret: it takes as long as where it has one. */
const DECOY = { secret: 'whsec_' };

const STATUS: Partial<Record<ErrorCode, number>> = {
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  IDEMPOTENCY_MISMATCH: 409,
  // Not 429, which says that the same may be sent again in a while: here it is what is asked for that finds no place.
  LIMIT_EXCEEDED: 422,
};
const INTERNAL = 500;

/** How much one process takes in. */
export interface IntakeLimits {
  /** Inquiries of one source in a minute. */
  readonly perMinute: number;
  /** Requests from one address that are not signed as they should be, in a minute. */
  readonly failuresPerMinute: number;
}

/**
 * Takes inquiries in at `POST /intake/<the source's global id>`: JSON, signed with the source's secret as our webhooks are
 * (Standard Webhooks), for those who don't speak GraphQL (docs/intake.md).
 *
 * It answers `{ inquiry: { id, status, waiting } }`, with 201 the first time and 200 for a repeat; a refusal answers
 * `{ errors: [{ code, message, path }] }`.
 */
export async function registerInquiryIntake(app: FastifyInstance, house: House, limits: IntakeLimits): Promise<void> {
  const intake = new InquiryIntake(house, limits);
  await app.register(async (scope) => {
    // What is signed is the bytes: what is read of them and written again may be others.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => refuseRequest(reply, error));
    scope.post<{ Params: { source: string } }>('/intake/:source', { bodyLimit: BODY_LIMIT }, (request, reply) =>
      intake.answer(request, reply),
    );
  });
}

class InquiryIntake {
  readonly #sources: Budgets;
  readonly #failures: Budgets;

  constructor(
    private readonly house: House,
    { perMinute, failuresPerMinute }: IntakeLimits,
  ) {
    this.#sources = new Budgets(perMinute, house.database.clock);
    this.#failures = new Budgets(failuresPerMinute, house.database.clock);
  }

  async answer(request: FastifyRequest<{ Params: { source: string } }>, reply: FastifyReply): Promise<FastifyReply> {
    const { body } = request;
    if (!Buffer.isBuffer(body)) return sendErrors(reply, 415, refuse(ErrorCode.BAD_USER_INPUT, NO_JSON));
    const sender = await this.#senderOf(request, body);
    if (sender === undefined) {
      // Only these: whoever shares an address with them may sign as they should.
      const wait = this.#failures.spend(networkOf(request.ip));
      if (wait > 0) return refuseForNow(reply, wait, 'Too many requests from your address had a wrong signature.');
      throw unsigned();
    }
    const { sourceId } = sender;
    const full = this.#sources.spend(sourceId);
    if (full > 0) return refuseForNow(reply, full, 'This source takes no more in at once.');
    const received = { sender, messageId: String(request.headers['webhook-id']), body: readJson(body) };
    const { database, draws } = this.house;
    const { inquiry, repeated } = await database
      .transact(
        sourceActor(sourceId),
        (work) => takeInInquiry(work, received, draws),
        clientOf(request.ip, request.headers),
      )
      .catch((error: unknown) => {
        // It was removed or closed since its secret was found.
        throw error instanceof Refusal && error.code === ErrorCode.NOT_FOUND ? unsigned() : error;
      });
    return reply.code(repeated ? 200 : 201).send({ inquiry });
  }

  /** The source whose secret a request is signed with, and the secret; undefined where it is none of an open intake. */
  async #senderOf(
    { headers, params, log }: FastifyRequest<{ Params: { source: string } }>,
    body: Buffer,
  ): Promise<IntakeSender | undefined> {
    const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers;
    if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signature !== 'string') return undefined;
    const { database, intakeSecrets } = this.house;
    const now = database.clock.now();
    const open = await findIntakeSecrets(database, intakeSecrets, params.source, now, (source) =>
      log.warn({ source }, 'the secret of a source’s intake was sealed under another JWT_SECRET: open it again'),
    );
    // With each of them, so that the time it takes tells nothing of which would have fitted.
    const fits = (open?.secrets ?? [DECOY]).map(({ secret }) =>
      verifyIntakeSignature({ id, timestamp, signature, body }, secret, now),
    );
    const fitting = open?.secrets[fits.indexOf(true)];
    return open && fitting && { sourceId: open.sourceId, sealed: fitting.sealed };
  }
}

const NO_JSON = 'Send JSON, with `content-type: application/json`.';

/** Says nothing of whether there is such a source, and whether it is open. */
const unsigned = () =>
  refuse(
    ErrorCode.UNAUTHENTICATED,
    'This is not signed, now, with the secret of a source that takes inquiries in here.',
  );

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw refuse(ErrorCode.BAD_USER_INPUT, 'The body is not JSON in UTF-8.');
  }
}

function refuseForNow(reply: FastifyReply, wait: number, message: string): FastifyReply {
  reply.header('retry-after', Math.ceil(wait / 1000));
  return sendErrors(reply, 429, refuse(ErrorCode.RATE_LIMITED, `${message} Try again later.`));
}

/** Answers what a request was refused for, or failed of. */
function refuseRequest(reply: FastifyReply, error: Error & { statusCode?: number }): FastifyReply {
  if (error instanceof Refusal) return sendErrors(reply, STATUS[error.code] ?? INTERNAL, error);
  if (error.statusCode === 413) {
    return sendErrors(reply, 413, refuse(ErrorCode.LIMIT_EXCEEDED, `The body has more than ${BODY_LIMIT} bytes.`));
  }
  if (error.statusCode === 415) return sendErrors(reply, 415, refuse(ErrorCode.BAD_USER_INPUT, NO_JSON));
  if (error.statusCode !== undefined && error.statusCode < INTERNAL) {
    return sendErrors(reply, error.statusCode, refuse(ErrorCode.BAD_USER_INPUT, 'The request is malformed.'));
  }
  reply.log.error({ err: error }, 'an inquiry could not be taken in');
  return sendErrors(reply, INTERNAL, refuse(ErrorCode.INTERNAL, 'Something failed on our side. Send it again.'));
}

function sendErrors(reply: FastifyReply, status: number, { errors }: Refusal): FastifyReply {
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .send({ errors: errors.map(({ code, message, path }) => ({ code, message, path })) });
}
