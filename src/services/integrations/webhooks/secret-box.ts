import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Sealed texts begin with the way in which they are sealed. */
const VERSION = 'v1';

/** What was sealed cannot be opened: it was sealed under another secret, or was tampered with. */
export class UnreadableSecret extends Error {}

/**
 * Keeps secrets that the product itself must use again, encrypted at rest (AES-256-GCM).
 *
 * The key is derived (HKDF) from the secret that signs access tokens and is kept nowhere. Under another such secret what
 * was sealed cannot be opened: then each is made anew.
 */
export class SecretBox {
  readonly #key: Buffer;

  /** @param purpose tells what is sealed here from what is sealed elsewhere under the same secret */
  constructor(secret: string, purpose: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', `switchboard ${purpose}`, KEY_BYTES));
  }

  seal(text: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, nonce, { authTagLength: TAG_BYTES });
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
  }

  /** @throws UnreadableSecret */
  open(sealed: string): string {
    const [version, text = ''] = sealed.split('.');
    const bytes = Buffer.from(text, 'base64url');
    if (version !== VERSION || bytes.length < NONCE_BYTES + TAG_BYTES)
      throw new UnreadableSecret('This is not sealed.');
    const decipher = createDecipheriv(CIPHER, this.#key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString(
        'utf8',
      );
    } catch (error) {
      throw new UnreadableSecret('It was sealed under another secret.', { cause: error });
    }
  }
  /** Whether what was sealed can be opened. */
  canOpen(sealed: string): boolean {
    try {
      this.open(sealed);
      return true;
    } catch (error) {
      if (error instanceof UnreadableSecret) return false;
      throw error;
    }
  }
}
