import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { ask } from './ask.ts';
import { GoOnWithSessionDocument, OpenSessionDocument, type SessionTokensFragment } from './operations.generated.ts';

/** How long before its end a token is not begun with any more, in milliseconds. */
const MARGIN_MS = 30_000;

/** The session is over, or was never opened: the user must sign in. */
export class SessionEnded extends Error {
  override readonly name = 'SessionEnded';
}

interface Opened {
  readonly session: SessionTokensFragment | null;
  readonly errors: readonly { readonly message: string }[];
}

function tokensOf({ session, errors }: Opened): SessionTokensFragment {
  if (!session) throw new SessionEnded(errors.map(({ message }) => message).join(' '));
  return session;
}

/** Somebody who is signed in. */
export class Session {
  readonly #url: string;
  #tokens: SessionTokensFragment;
  #renewing: Promise<void> | undefined;

  /** @param url `http://host:port` */
  constructor(url: string, tokens: SessionTokensFragment) {
    this.#url = url;
    this.#tokens = tokens;
  }

  /** @throws SessionEnded where the password is wrong */
  static async open(url: string, input: { readonly email: string; readonly password: string }): Promise<Session> {
    const { signIn } = await ask(url, OpenSessionDocument, { input });
    return new Session(url, tokensOf(signIn));
  }

  /** When the token ends, in milliseconds since 1970. */
  get expiresAt(): number {
    return Date.parse(this.#tokens.expiresAt);
  }

  /** The access token; another one where it is about to end. */
  async token(): Promise<string> {
    if (Date.now() > this.expiresAt - MARGIN_MS) await this.renew();
    return this.#tokens.accessToken;
  }

  /**
   * Takes another access token, whatever the present one's age. Those who ask at the same time get the same one: a
   * refresh token that is used twice ends the session.
   *
   * @throws SessionEnded where there is none to be had
   */
  async renew(): Promise<void> {
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined;
    });
    await this.#renewing;
  }

  /** Sends a query or a mutation as this user. */
  async ask<Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<Data> {
    return ask(this.#url, document, variables, await this.token());
  }

  async #renew(): Promise<void> {
    const { refreshToken } = this.#tokens;
    const { refreshSession } = await ask(this.#url, GoOnWithSessionDocument, { input: { refreshToken } });
    this.#tokens = tokensOf(refreshSession);
  }
}
