import { createHmac, randomBytes } from 'node:crypto';

/** Standard Webhooks asks for 24 to 64. */
const SECRET_BYTES = 32;
const PREFIX = 'whsec_';

/** A message as it goes out. */
export interface Message {
  /** What the receiver tells a repeat by. */
  readonly id: string;
  /** JSON. */
  readonly body: string;
}

/** A new secret for signing, as Standard Webhooks writes them. */
export function makeWebhookSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/** What the signature of a message is made of: HMAC-SHA256 over its id, its timestamp and its body. */
export function digestOf(
  secret: string,
  { id, timestamp, body }: { readonly id: string; readonly timestamp: string; readonly body: string | Uint8Array },
): Buffer {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
}

/**
 * The headers by which a receiver tells that a message is ours, and of now (Standard Webhooks, HMAC-SHA256).
 *
 * @param secrets one signature for each; a receiver takes any
 */
export function signMessage({ id, body }: Message, secrets: readonly string[], now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signatures = secrets.map((secret) => `v1,${digestOf(secret, { id, timestamp, body }).toString('base64')}`);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
