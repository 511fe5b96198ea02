import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { Product } from '../support/product.js';
import { manage } from './manage.js';

/** What a request to the intake was answered with. */
export interface IntakeAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly inquiry?: { readonly id: string; readonly status: string; readonly waiting: boolean };
  /** `CODE path.of.the.field` */
  readonly errors: readonly string[];
  readonly messages: readonly string[];
}

/** What of a request is otherwise than a sender means it. */
export interface RequestParts {
  readonly id?: string;
  /** When it says that it was signed. */
  readonly at?: Date;
  /** What is sent in the place of what was signed. */
  readonly sent?: string | Buffer;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** Somebody's bot that sends inquiries to a source over HTTP, signed by the stock library of Standard Webhooks. */
export class IntakeSender {
  constructor(
    readonly product: Product,
    readonly path: string,
    readonly secret: string,
  ) {}

  /** Opens the intake of a source, or gives it another secret. */
  static async open(product: Product, sourceId: string, token: string): Promise<IntakeSender> {
    const input = { sourceId, idempotencyKey: randomUUID() };
    const { payload, errors } = await manage(product, 'openSourceIntake', input, 'secret path', token);
    if (errors.length > 0) throw new Error(errors.join());
    return new IntakeSender(product, payload.path, payload.secret);
  }

  /** Sends a body: what JSON is made of, or the text itself. */
  async send(body: unknown, { id = randomUUID(), at, sent, headers = {} }: RequestParts = {}): Promise<IntakeAnswer> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const signedAt = at ?? this.product.database.clock.now();
    const signed = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(signedAt.getTime() / 1000)),
      'webhook-signature': new Webhook(this.secret).sign(id, signedAt, text),
    };
    const given = Object.entries({ ...signed, ...headers }).filter(([, value]) => value !== undefined);
    const response = await fetch(`${this.product.url}${this.path}`, {
      method: 'POST',
      headers: Object.fromEntries(given) as Record<string, string>,
      body: typeof sent === 'object' ? new Uint8Array(sent) : (sent ?? text),
    });
    const answer = (await response.json()) as {
      inquiry?: IntakeAnswer['inquiry'];
      errors?: { code: string; message: string; path: string[] }[];
    };
    const errors = answer.errors ?? [];
    return {
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      ...(answer.inquiry ? { inquiry: answer.inquiry } : {}),
      errors: errors.map(({ code, path }) => [code, ...(path.length > 0 ? [path.join('.')] : [])].join(' ')),
      messages: errors.map(({ message }) => message),
    };
  }
}
