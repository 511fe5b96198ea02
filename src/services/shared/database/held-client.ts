import type { PoolClient, QueryResult } from 'pg';
import { isConnectionInDoubt } from './connection-in-doubt.js';

/** What is answered in place of PostgreSQL to what is not sent yet, or need not be. */
const NOTHING = { command: '', rowCount: null, oid: 0, fields: [], rows: [] } satisfies QueryResult;

/** What gathers what is written to a connection, to be sent together. */
interface Wire {
  readonly connection: { readonly stream: { cork(): void; uncork(): void } };
}

/**
 * A transaction did not begin, and what was sent with it may have been done by itself: the connection is in doubt, and so is
 * what was asked for.
 */
class NotBegun extends Error {
  constructor(cause: unknown) {
    super('A transaction could not be begun; its first statement may have been done.', { cause });
  }
}

/** A pool's connection for as long as somebody holds it: it goes back once, and is closed where it may not be used again. */
export class HeldClient {
  #failure: unknown;
  #isToBegin = false;
  #released = false;

  constructor(private readonly client: PoolClient) {}

  /** Of the server's process; pg does not tell it in its types. */
  get processID(): number | undefined {
    return (this.client as { readonly processID?: number }).processID;
  }

  /**
   * Runs a statement; on a connection that is in doubt it fails at once, as the one did that brought the doubt.
   *
   * `begin` goes out together with the statement after it: PostgreSQL is not waited for twice.
   */
  async query(text: string, values?: readonly unknown[]): Promise<QueryResult> {
    if (this.#failure !== undefined) throw this.#failure;
    if (text === 'begin') {
      this.#isToBegin = true;
      return NOTHING;
    }
    const begins = this.#isToBegin;
    this.#isToBegin = false;
    if (begins && (text === 'commit' || text === 'rollback')) return NOTHING;
    try {
      return await (begins ? this.#begin(text, values) : this.#send(text, values));
    } catch (error) {
      if (isConnectionInDoubt(error)) this.#failure = error;
      throw error;
    }
  }

  async #begin(text: string, values: readonly unknown[] | undefined): Promise<QueryResult> {
    const { stream } = (this.client as unknown as Wire).connection;
    stream.cork();
    let both: [Promise<unknown>, Promise<QueryResult>];
    try {
      both = [this.client.query('begin'), this.#send(text, values)];
    } finally {
      stream.uncork();
    }
    const [begun, sent] = await Promise.allSettled(both);
    if (begun.status === 'rejected') throw new NotBegun(begun.reason);
    if (sent.status === 'rejected') throw sent.reason;
    return sent.value;
  }

  #send(text: string, values: readonly unknown[] | undefined): Promise<QueryResult> {
    return this.client.query(text, values as unknown[]);
  }

  /** Gives the connection back, to be closed where it is in doubt or a transaction is open; more than once does no more. */
  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.client.release(this.#failure !== undefined || this.client.getTransactionStatus() !== 'I');
  }
}
