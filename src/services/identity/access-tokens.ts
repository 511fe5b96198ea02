import { errors, jwtVerify, SignJWT } from 'jose';

const ALGORITHM = 'HS256';
/** Who makes access tokens, and for whom: both are the product itself. */
const ISSUER = 'switchboard';
/** How long an access token holds, in milliseconds. */
const LIFETIME_MS = 15 * 60 * 1000;
const SESSION = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const KEY = /^[1-9]\d{0,17}$/;

/** What an access token says. */
export interface AccessClaims {
  readonly loginId: string;
  /** The family of refresh tokens that the session lives by. */
  readonly sessionId: string;
  /** What kind of login it is of. */
  readonly kind: 'user' | 'customer';
}

/** An access token with the end of its life. */
export interface AccessToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/** What an access token was found to be: its claims, or words that say what is wrong with it. */
export type VerifiedAccess = (AccessClaims & { readonly expiresAt: Date }) | { readonly fault: string };

/** Makes and checks access tokens: JWTs (HS256) that hold for 15 minutes. */
export class AccessTokens {
  readonly #secret: Uint8Array;

  constructor(secret: string) {
    this.#secret = new TextEncoder().encode(secret);
  }

  /** Makes a token; its instants are whole seconds, as JWT has them. */
  async issue({ loginId, sessionId, kind }: AccessClaims, now: Date): Promise<AccessToken> {
    const issued = Math.floor(now.getTime() / 1000);
    const expires = issued + LIFETIME_MS / 1000;
    const token = await new SignJWT({ sid: sessionId, kind })
      .setProtectedHeader({ alg: ALGORITHM })
      .setSubject(loginId)
      .setIssuer(ISSUER)
      .setAudience(ISSUER)
      .setIssuedAt(issued)
      .setExpirationTime(expires)
      .sign(this.#secret);
    return { token, expiresAt: new Date(expires * 1000) };
  }

  /** Checks signature, issuer, audience and time; what is wrong with a token is an answer, not an exception. */
  async verify(token: string, now: Date): Promise<VerifiedAccess> {
    try {
      const { payload } = await jwtVerify(token, this.#secret, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: ISSUER,
        requiredClaims: ['sub', 'exp'],
        currentDate: now,
      });
      const { sub = '', sid, kind, exp = 0 } = payload;
      const known = kind === 'user' || kind === 'customer';
      if (!known || !KEY.test(sub) || typeof sid !== 'string' || !SESSION.test(sid)) {
        return { fault: 'The access token is not valid.' };
      }
      return { loginId: sub, sessionId: sid, kind, expiresAt: new Date(exp * 1000) };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { fault: 'The access token has expired.' };
      if (error instanceof errors.JOSEError) return { fault: 'The access token is not valid.' };
      throw error;
    }
  }
}
