import { timingSafeEqual } from 'node:crypto';
import { digestOf } from '../integrations/webhooks/sign-message.js';

/** How far the sender's clock may be from ours, in seconds: what is older may be somebody's copy. */
const TOLERANCE_SECONDS = 300;
/** More signatures than secrets that hold at once are of no use. */
const MOST_SIGNATURES = 10;
const VERSION = 'v1,';

/** A request as it came, with what its headers say of it (Standard Webhooks). */
export interface SignedRequest {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: string;
  /** `v1,` and base64; several with a space between. */
  readonly signature: string;
  /** As it came: what is read of it and written again may be other bytes. */
  readonly body: Uint8Array;
}

/** Whether a request is of now, and any of its signatures was made with the secret. */
export function verifyIntakeSignature(request: SignedRequest, secret: string, now: Date): boolean {
  const { timestamp, signature } = request;
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(Math.floor(now.getTime() / 1000) - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const given = signature
    .split(' ')
    .filter((one) => one.startsWith(VERSION))
    .slice(0, MOST_SIGNATURES)
    .map((one) => Buffer.from(one.slice(VERSION.length), 'base64'));
  const digest = digestOf(secret, request);
  // All are compared, so that the time it takes tells nothing of which would have fitted.
  const fits = given.map((one) => one.length === digest.length && timingSafeEqual(one, digest));
  return fits.includes(true);
}
