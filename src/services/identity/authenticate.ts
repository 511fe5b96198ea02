import { type Actor, anonymous } from '../shared/access/actor.js';
import type { Database } from '../shared/database/database.js';
import type { AccessTokens } from './access-tokens.js';
import { readPartnerActor, readSessionActor } from './read-actor.js';

/** What every partner's key begins with. */
export const PARTNER_KEY_PREFIX = 'swb_';

/** How long what was read of an actor is taken as true, in milliseconds: a change of rights holds after that. */
const TRUSTED_MS = 2_000;
/** How many actors one process remembers. */
const MOST_REMEMBERED = 10_000;
/** No token of ours is longer. */
const LONGEST_TOKEN = 2_000;

/** Who asks, and until when the token says so; null where it has no end. */
export interface Authentication {
  readonly actor: Actor;
  readonly expiresAt: Date | null;
}

interface Remembered {
  readonly authentication: Promise<Authentication>;
  readonly until: number;
}

const nobody = (refusal?: string): Authentication => ({ actor: anonymous(refusal), expiresAt: null });

/**
 * Says who sends a token: an access token of a session, or a partner's key.
 *
 * A token that does not hold gives nobody, with the reason, and never an exception: what needs no sign-in, such as
 * signing in, works beside it. What was read of an actor is remembered for two seconds, never beyond the token's end.
 */
export class Authenticator {
  readonly #remembered = new Map<string, Remembered>();

  constructor(
    private readonly database: Database,
    readonly accessTokens: AccessTokens,
  ) {}

  /** @param authorization the header: `Bearer …`; nothing is nobody */
  async authenticate(authorization: string | undefined): Promise<Authentication> {
    if (!authorization) return nobody();
    const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    if (!token || token.length > LONGEST_TOKEN) return nobody('Send the token as `Authorization: Bearer …`.');
    const now = this.database.clock.now();
    const remembered = this.#remembered.get(token);
    if (remembered && now.getTime() < remembered.until) {
      this.#keepLatest(token, remembered);
      return remembered.authentication;
    }
    this.#remembered.delete(token);
    return token.startsWith(PARTNER_KEY_PREFIX)
      ? this.#remember(token, now.getTime() + TRUSTED_MS, null, () => readPartnerActor(this.database, token))
      : this.#authenticateSession(token, now);
  }

  /**
   * Forgets everybody, so that a change of rights, a sign-out or a revoked key holds at once.
   *
   * To be called after the commit; other processes see it when what they remember has run out.
   */
  forget(): void {
    this.#remembered.clear();
  }

  async #authenticateSession(token: string, now: Date): Promise<Authentication> {
    const claims = await this.accessTokens.verify(token, now);
    if ('fault' in claims) return nobody(claims.fault);
    const until = Math.min(now.getTime() + TRUSTED_MS, claims.expiresAt.getTime());
    return this.#remember(token, until, claims.expiresAt, () => readSessionActor(this.database, claims, now));
  }

  /** Requests that come at the same time share one statement; only somebody whom we know is remembered after it. */
  #remember(token: string, until: number, expiresAt: Date | null, read: () => Promise<Actor>): Promise<Authentication> {
    const shared = this.#remembered.get(token);
    if (shared) return shared.authentication;
    const authentication = read().then(
      (actor) => {
        if (actor.kind !== 'anonymous') return { actor, expiresAt };
        this.#drop(token, authentication);
        return { actor, expiresAt: null };
      },
      (error) => {
        this.#drop(token, authentication);
        throw error;
      },
    );
    this.#keepLatest(token, { authentication, until });
    return authentication;
  }

  #drop(token: string, authentication: Promise<Authentication>): void {
    if (this.#remembered.get(token)?.authentication === authentication) this.#remembered.delete(token);
  }

  #keepLatest(token: string, remembered: Remembered): void {
    this.#remembered.delete(token);
    this.#remembered.set(token, remembered);
    if (this.#remembered.size <= MOST_REMEMBERED) return;
    this.#remembered.delete(this.#remembered.keys().next().value!);
  }
}
