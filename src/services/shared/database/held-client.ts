import type { PoolClient, QueryResult } from 'pg';
import { isConnectionInDoubt } from './connection-in-doubt.js';

/** A pool's connection for as long as somebody holds it: it goes back once, and is closed where it may not be used again. */
export class HeldClient {
  #failure: unknown;
  #released = false;

  constructor(private readonly client: PoolClient) {}

  /** Of the server's process; pg does not tell it in its types. */
  get processID(): number | undefined {
    return (this.client as { readonly processID?: number }).processID;
  }

  /** Runs a statement; on a connection that is in doubt it fails at once, as the one did that brought the doubt. */
  async query(text: string, values?: readonly unknown[]): Promise<QueryResult> {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      return await this.client.query(text, values as unknown[]);
    } catch (error) {
      if (isConnectionInDoubt(error)) this.#failure = error;
      throw error;
    }
  }

  /** Gives the connection back, to be closed where it is in doubt or a transaction is open; more than once does no more. */
  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.client.release(this.#failure !== undefined || this.client.getTransactionStatus() !== 'I');
  }
}
