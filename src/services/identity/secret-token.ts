import { createHash, randomBytes } from 'node:crypto';

/** Random bits of a token: more than anybody guesses. */
const BYTES = 32;

/** A new opaque token, shown once and kept as its hash only. */
export function makeSecretToken(prefix = ''): string {
  return prefix + randomBytes(BYTES).toString('base64url');
}

/** What of an opaque token is kept: SHA-256, hex; the token is random, so that it needs no salt. */
export function hashSecretToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
