import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../shared/time/clock.js';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
/** Nobody fills a form in faster than this, in milliseconds, and nobody leaves it open for longer than that. */
const LEAST_AGE_MS = 2_000;
const MOST_AGE_MS = 24 * 60 * 60 * 1000;
/** No token of ours is longer. */
const LONGEST = 200;

/** What a token says: by what to tell repeats of what was sent with it, or what is wrong with it. */
export type ReadFormToken = { readonly key: string } | 'TOO_FAST' | 'TOO_OLD';

/**
 * Marks each page of a web form, so that what is sent is known to come from a page that was shown, and for how long; all
 * nodes of an installation know each other's.
 *
 * The key is derived (HKDF) from the secret that signs access tokens.
 */
export class FormTokens {
  readonly #key: Buffer;

  constructor(
    secret: string,
    private readonly clock: Clock,
  ) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'switchboard web forms', KEY_BYTES));
  }

  /** A token for a page of this form that is shown now. */
  make(formId: string): string {
    const key = `${this.clock.now().getTime().toString(36)}.${randomBytes(NONCE_BYTES).toString('base64url')}`;
    return `${key}.${this.#sign(formId, key).toString('base64url')}`;
  }

  /** @returns TOO_OLD also for what is no token of this form */
  read(formId: string, token: string): ReadFormToken {
    const [, key, time, signature] = /^(([0-9a-z]+)\.[\w-]+)\.([\w-]+)$/.exec(token.slice(0, LONGEST)) ?? [];
    if (key === undefined) return 'TOO_OLD';
    const given = Buffer.from(signature!, 'base64url');
    const expected = this.#sign(formId, key);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'TOO_OLD';
    const age = this.clock.now().getTime() - Number.parseInt(time!, 36);
    if (age > MOST_AGE_MS) return 'TOO_OLD';
    return age < LEAST_AGE_MS ? 'TOO_FAST' : { key };
  }

  #sign(formId: string, key: string): Buffer {
    return createHmac('sha256', this.#key).update(`${formId}.${key}`).digest();
  }
}
