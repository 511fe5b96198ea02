import { isUnauthenticated, post } from './post.js';

/**
 * Who is signed in: by e-mail, with a token that can be renewed, or with a token or key that was pasted.
 *
 * @typedef {{ label: string, accessToken: string, refreshToken?: string }} Identity
 * @typedef {{ accessToken: string, refreshToken: string }} Tokens
 * @typedef {{ session: Tokens | null, errors: { message: string }[] }} SessionPayload
 */

/** Kept for this tab only, and gone with it. */
const STORAGE_KEY = 'switchboard.identity';

/** A token is renewed this long before it runs out, for a request takes time and clocks differ a little. */
const RENEW_AHEAD_MS = 10_000;

const PAYLOAD = '{ session { accessToken refreshToken } errors { code message path } }';
const SIGN_IN = `mutation SignIn($input: SignInInput!) { signIn(input: $input) ${PAYLOAD} }`;
const REFRESH = `mutation RefreshSession($input: RefreshSessionInput!) { refreshSession(input: $input) ${PAYLOAD} }`;

/**
 * Whether an access token is about to run out; one that cannot be read is left to the server to judge.
 *
 * @param {string} token
 */
function runsOut(token) {
  try {
    const claims = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    return JSON.parse(atob(claims)).exp * 1000 < Date.now() + RENEW_AHEAD_MS;
  } catch {
    return false;
  }
}

/** Holds the identity of this tab. It announces `change` when the identity comes, goes or ends. */
export class Session extends EventTarget {
  /** @type {Identity | undefined} */
  identity = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? 'null') ?? undefined;

  /**
   * Why the last identity ended, if the user did not end it.
   *
   * @type {string | undefined}
   */
  ended;

  /** @type {Promise<boolean> | undefined} */
  #renewal;

  /**
   * @param {string} email
   * @param {string} password
   * @throws in words, if the server refuses
   */
  async signIn(email, password) {
    const answer = await post({ query: SIGN_IN, variables: { input: { email, password } } }, {});
    const payload = /** @type {{ signIn?: SessionPayload } | null} */ (answer.data)?.signIn;
    if (!payload?.session) throw new Error(wordsOf(answer, payload));
    this.#become({ label: email, ...payload.session });
  }

  /**
   * Takes a partner's key or an access token, if the server knows it.
   *
   * @param {string} token
   */
  async useToken(token) {
    const answer = await post({ query: '{ viewer { __typename } }' }, { authorization: `Bearer ${token}` });
    const viewer = /** @type {{ viewer?: { __typename: string } | null } | null} */ (answer.data)?.viewer;
    // A key whose scopes do not reach `viewer` is forbidden that, and still a key.
    const known = viewer || (answer.errors?.length && !isUnauthenticated(answer));
    if (!known) throw new Error('The server does not accept this token.');
    this.#become({ label: viewer ? `Token (${viewer.__typename})` : 'Token', accessToken: token });
  }

  /** @param {string} [reason] in words, if it was not the user's wish */
  signOut(reason) {
    this.#become(undefined, reason);
  }

  /**
   * The header of the next request, with a token that still holds.
   *
   * @returns {Promise<Record<string, string>>}
   */
  async headers() {
    if (this.identity?.refreshToken && runsOut(this.identity.accessToken)) await this.renew();
    return this.identity ? { authorization: `Bearer ${this.identity.accessToken}` } : {};
  }

  /**
   * Gets a new token in place of one that the server no longer takes.
   *
   * Callers at the same time share one renewal: a refresh token that is used twice ends the session.
   *
   * @returns {Promise<boolean>} whether there is a new one
   */
  renew() {
    this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renew() {
    const before = this.identity;
    if (!before?.refreshToken) return false;
    const answer = await post({ query: REFRESH, variables: { input: { refreshToken: before.refreshToken } } }, {});
    const payload = /** @type {{ refreshSession?: SessionPayload } | null} */ (answer.data)?.refreshSession;
    if (this.identity !== before) return false;
    if (payload?.session) {
      this.#keep({ ...before, ...payload.session });
      return true;
    }
    if (payload?.errors.length || isUnauthenticated(answer)) {
      this.signOut('Your session has ended. Please sign in again.');
      return false;
    }
    throw new Error(wordsOf(answer, payload));
  }

  /**
   * @param {Identity | undefined} identity
   * @param {string} [reason]
   */
  #become(identity, reason) {
    this.ended = reason;
    this.#keep(identity);
    this.dispatchEvent(new Event('change'));
  }

  /** @param {Identity | undefined} identity */
  #keep(identity) {
    this.identity = identity;
    if (identity) sessionStorage.setItem(STORAGE_KEY, JSON.stringify(identity));
    else sessionStorage.removeItem(STORAGE_KEY);
  }
}

/**
 * @param {GraphQLAnswer} answer
 * @param {SessionPayload | undefined} payload
 */
function wordsOf(answer, payload) {
  const errors = payload?.errors.length ? payload.errors : answer.errors;
  return errors?.map((error) => error.message).join(' ') || 'The server gave no session and no reason.';
}
