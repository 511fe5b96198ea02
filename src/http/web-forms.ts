import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { House } from '../context.js';
import { findWebForm, type ShownWebForm } from '../services/distribution/find-web-form.js';
import { FormTokens } from '../services/distribution/form-tokens.js';
import { LONGEST_TYPED, readFormEntry, type TypedEntry } from '../services/distribution/read-form-entry.js';
import { registerFormEntry } from '../services/distribution/register-form-entry.js';
import { FORMS } from '../services/distribution/web-form-address.js';
import { webFormActor } from '../services/shared/access/actor.js';
import { clientOf } from '../services/shared/access/client.js';
import { networkOf } from '../services/shared/access/network-of.js';
import { ErrorCode } from '../services/shared/errors/error-code.js';
import { Refusal } from '../services/shared/errors/refusal.js';
import { Budgets } from '../services/shared/limits/budgets.js';
import { type FormPage, renderForm, renderThanks, TOKEN, TRAP } from './forms/form-page.js';
import type { FormNotice } from './forms/form-words.js';
import { isEmbedded, sendPage, sendToThanks, sendUnknown, sendWords } from './forms/send-page.js';

/** The largest entry, in bytes: every field as long as it may be, each character of it written as nine. */
const BODY_LIMIT = 128 * 1024;

/** How much one process takes in through web forms. */
export interface FormLimits {
  /** Of one form in a minute. */
  readonly perMinute: number;
  /** From one address in a minute, whatever comes of it. */
  readonly perAddress: number;
}

/** What became of what was sent through forms since the process began. */
export interface FormCounts {
  registered: number;
  /** Sent twice: a double click. */
  repeated: number;
  /** With something wrong in it, which the sender can mend. */
  faulty: number;
  /** Faster than people type, or from a page that was too old or had been sent. */
  untimely: number;
  limited: number;
  robot: number;
  failed: number;
}

export interface FormParts {
  readonly house: House;
  readonly limits: FormLimits;
  /** Signs access tokens; the key that pages are signed with is derived from it. */
  readonly jwtSecret: string;
}

type OfForm = { Params: { slug: string } };
type Request = FastifyRequest<OfForm>;

/**
 * Serves web forms at `/forms/<slug>`: a page that works without scripts, and takes in what is typed there (requirements,
 * part 7). Nobody signs in, and nothing is told by cookies: a form does no more than its token, which is for one entry.
 *
 * @returns what became of entries
 */
export async function registerWebForms(app: FastifyInstance, parts: FormParts): Promise<FormCounts> {
  const forms = new WebForms(parts);
  const serve = async (scope: FastifyInstance) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    scope.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      const { statusCode: status = 500 } = error;
      if (status < 500) return sendWords(request, reply, { status, say: 'unreadable' });
      request.log.error({ err: error }, 'a web form could not be shown');
      return sendWords(request, reply, { status: 500, say: 'broken' });
    });
    // What is no slug at all is no form either; this is of all addresses below the prefix.
    scope.setNotFoundHandler((request, reply) => sendUnknown(request, reply));
    scope.get<OfForm>('/:slug', (request, reply) => forms.show(request, reply));
    scope.get<OfForm>('/:slug/thanks', (request, reply) => forms.thank(request, reply));
    scope.post<OfForm>('/:slug', { bodyLimit: BODY_LIMIT }, (request, reply) => forms.take(request, reply));
  };
  await app.register(serve, { prefix: FORMS });
  return forms.counts;
}

class WebForms {
  readonly counts: FormCounts = {
    registered: 0,
    repeated: 0,
    faulty: 0,
    untimely: 0,
    limited: 0,
    robot: 0,
    failed: 0,
  };
  readonly #house: House;
  readonly #tokens: FormTokens;
  readonly #forms: Budgets;
  readonly #addresses: Budgets;

  constructor({ house, limits, jwtSecret }: FormParts) {
    const { clock } = house.database;
    this.#house = house;
    this.#tokens = new FormTokens(jwtSecret, clock);
    this.#forms = new Budgets(limits.perMinute, clock);
    this.#addresses = new Budgets(limits.perAddress, clock);
  }

  async show(request: Request, reply: FastifyReply): Promise<FastifyReply> {
    const form = await findWebForm(this.#house.database, request.params.slug);
    return form ? this.#sendForm(request, reply, { status: 200, form }) : sendUnknown(request, reply);
  }

  async thank(request: Request, reply: FastifyReply): Promise<FastifyReply> {
    const form = await findWebForm(this.#house.database, request.params.slug);
    if (!form) return sendUnknown(request, reply);
    const page = renderThanks(form, `../${request.params.slug}`, isEmbedded(request));
    return sendPage(reply, { status: 200, page, origins: form.origins });
  }

  async take(request: Request, reply: FastifyReply): Promise<FastifyReply> {
    const form = await findWebForm(this.#house.database, request.params.slug);
    if (!form) return sendUnknown(request, reply);
    const fields = new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString() : '');
    const typed = readTyped(fields);
    const again = (status: number, notice: FormNotice, parts: Partial<FormPage> = {}) =>
      this.#sendForm(request, reply, { status, form, typed, notice, ...parts });
    const wait = this.#addresses.spend(networkOf(request.ip));
    // What was not taken in is sent again with the same token: should it be in all the same, it is not in twice.
    const token = fields.get(TOKEN) ?? '';
    const keep = (status: number, notice: FormNotice) => again(status, notice, { token });
    if (wait > 0) return this.#refuseForNow(reply, wait, keep);
    if (fields.get(TRAP)) return this.#dismissRobot(request, reply, form);
    const read = this.#tokens.read(form.id, token);
    if (typeof read === 'string') {
      this.counts.untimely += 1;
      // The page of somebody who was too fast grows old enough by itself.
      return read === 'TOO_FAST' ? keep(422, read) : again(422, read);
    }
    const { entry, faults } = readFormEntry(typed, form.language);
    if (Object.keys(faults).length > 0) {
      this.counts.faulty += 1;
      return again(422, 'FAULTS', { faults, token });
    }
    const full = this.#forms.spend(form.id);
    if (full > 0) return this.#refuseForNow(reply, full, keep);
    const { database, draws } = this.#house;
    try {
      const { repeated } = await database.transact(
        webFormActor(form.id),
        (work) => registerFormEntry(work, form, { entry, key: read.key }, draws),
        clientOf(request.ip, request.headers),
      );
      this.counts[repeated ? 'repeated' : 'registered'] += 1;
      return sendToThanks(reply, request.params.slug);
    } catch (error) {
      const code = error instanceof Refusal ? error.code : undefined;
      if (code === ErrorCode.NOT_FOUND) return sendUnknown(request, reply);
      if (code === ErrorCode.IDEMPOTENCY_MISMATCH) {
        this.counts.untimely += 1;
        return again(409, 'SENT_BEFORE');
      }
      this.counts.failed += 1;
      request.log.error({ err: error }, 'what was sent through a web form could not be taken in');
      return keep(500, 'FAILED');
    }
  }

  #dismissRobot(request: Request, reply: FastifyReply, { id }: ShownWebForm): FastifyReply {
    this.counts.robot += 1;
    request.log.info({ webForm: id }, 'a robot filled in a web form');
    return sendToThanks(reply, request.params.slug);
  }

  #refuseForNow(
    reply: FastifyReply,
    wait: number,
    again: (status: number, notice: FormNotice) => FastifyReply,
  ): FastifyReply {
    this.counts.limited += 1;
    reply.header('retry-after', Math.ceil(wait / 1000));
    return again(429, 'TOO_OFTEN');
  }

  #sendForm(
    request: Request,
    reply: FastifyReply,
    { status, form, token, ...rest }: Partial<FormPage> & { readonly status: number; readonly form: ShownWebForm },
  ): FastifyReply {
    const page = renderForm({
      form,
      token: token ?? this.#tokens.make(form.id),
      embedded: isEmbedded(request),
      ...rest,
    });
    return sendPage(reply, { status, page, origins: form.origins });
  }
}

/** What was typed, with lines ending as they were typed: forms send a carriage return beside each line feed. */
function readTyped(fields: URLSearchParams): TypedEntry {
  const names = Object.keys(LONGEST_TYPED) as (keyof TypedEntry)[];
  const texts = names.map((name) => [name, (fields.get(name) ?? '').replace(/\r\n?/g, '\n')]);
  return Object.fromEntries(texts) as Record<keyof TypedEntry, string>;
}
