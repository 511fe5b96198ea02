import { OwnerPlaces } from './owner-places.js';
import { postMessage, type Sent } from './post-message.js';
import { SecretBox } from './secret-box.js';
import { type Message, signMessage } from './sign-message.js';
import { type NoteTarget, type Resolve, Targets } from './targets.js';

/** How messages became of in this process, since it began. */
export interface WebhookCounts {
  delivered: number;
  /** Attempts that failed and are followed by another. */
  retried: number;
  failed: number;
  cancelled: number;
}

export interface WebhookSettings {
  /** Signs access tokens; the key that endpoints' secrets are kept under is derived from it. */
  readonly jwtSecret: string;
  readonly allowPrivate: boolean;
  readonly timeoutSeconds: number;
  /** Finds the addresses of names; the system does when left out. */
  readonly resolve?: Resolve;
  /** Hears why a name was refused. */
  readonly note?: NoteTarget;
}

/** An endpoint as messages are sent to it; its secrets are sealed. */
export interface Receiver {
  readonly url: string;
  readonly secret: string;
  readonly previousSecret: string | null;
  readonly previousSecretUntil: Date | null;
}

/** URLs that one actor may have checked at once, and tests that one owner of endpoints may have under way. */
const MOST_CHECKS = 4;
const MOST_TESTS = 3;

/** What one process sends webhooks with. */
export class Webhooks {
  readonly secrets: SecretBox;
  readonly targets: Targets;
  /** For names that are looked up while somebody waits. */
  readonly checks = new OwnerPlaces(MOST_CHECKS);
  /** For test messages, each of which keeps a connection for as long as its receiver takes. */
  readonly tests = new OwnerPlaces(MOST_TESTS);
  /** For all of one attempt, in milliseconds. */
  readonly timeoutMs: number;
  readonly counts: WebhookCounts = { delivered: 0, retried: 0, failed: 0, cancelled: 0 };

  constructor({ jwtSecret, allowPrivate, timeoutSeconds, resolve, note }: WebhookSettings) {
    this.secrets = new SecretBox(jwtSecret, 'webhook secrets');
    this.targets = new Targets(allowPrivate, resolve, note);
    this.timeoutMs = timeoutSeconds * 1000;
  }

  /**
   * Signs a message and sends it once.
   *
   * @throws UnreadableSecret, before anything is sent
   * @throws Error when the signal breaks it off
   */
  async send(receiver: Receiver, message: Message, now: Date, signal: AbortSignal): Promise<Sent> {
    const headers = signMessage(message, this.#openSecrets(receiver, now), now);
    const posting = { url: receiver.url, headers, body: message.body, startedAt: now, signal };
    return postMessage(this.targets, this.timeoutMs, posting);
  }

  #openSecrets({ secret, previousSecret, previousSecretUntil }: Receiver, now: Date): string[] {
    const sealed = [secret];
    if (previousSecret && previousSecretUntil && previousSecretUntil > now) sealed.push(previousSecret);
    return sealed.map((one) => this.secrets.open(one));
  }
}
