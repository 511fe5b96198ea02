import { Client } from 'pg';

/** How soon a lost connection is made anew, in milliseconds; each further attempt waits twice as long, up to the most. */
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** How often a connection on which nothing is heard is asked whether it still lives, and how long it may take to answer. */
const PROBE_MS = 5_000;
const PROBE_TIMEOUT_MS = 3_000;

/**
 * Hears the signals that writers send after their commits, on a connection of its own; a lost one is made anew, by one
 * attempt at a time. A signal that is missed costs nothing but time: who follows the log looks by itself too.
 */
export class FeedSignal {
  #client: Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #probe: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    private readonly databaseUrl: string,
    /** Is told how far the log goes, as a transaction id; undefined where that is not known. */
    private readonly onSignal: (xid: bigint | undefined) => void,
    private readonly report: (error: unknown) => void,
  ) {}

  /** Begins to hear; fails when the database cannot be reached. */
  async start(): Promise<void> {
    await this.#connect();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    clearInterval(this.#probe);
    await this.#client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new Client({
      connectionString: this.databaseUrl,
      application_name: 'switchboard-feed',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: PROBE_TIMEOUT_MS,
      keepAlive: true,
    });
    // What goes wrong is told by the failed call or by `end`; an error without a listener would end the process.
    client.on('error', () => undefined);
    client.on('notification', ({ payload }) =>
      this.onSignal(/^\d+$/.test(payload ?? '') ? BigInt(payload!) : undefined),
    );
    try {
      await client.connect();
      await client.query('listen feed');
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    if (this.#stopped) {
      await client.end();
      return;
    }
    this.#client = client;
    this.#probe = setInterval(() => void this.#probeOf(client), PROBE_MS);
    this.#probe.unref();
    client.once('end', () => {
      clearInterval(this.#probe);
      this.#connectAfter(FIRST_RETRY_MS);
    });
  }

  /** Ends a connection that does not answer: a network that is cut, or a process that hangs, would say nothing for hours. */
  async #probeOf(client: Client): Promise<void> {
    try {
      await client.query('select');
    } catch (error) {
      if (!this.#stopped) this.report(error);
      await client.end().catch(() => undefined);
    }
  }

  #connectAfter(delay: number): void {
    if (this.#stopped) return;
    this.#retry = setTimeout(() => void this.#connectAgain(delay), delay);
    this.#retry.unref();
  }

  async #connectAgain(delay: number): Promise<void> {
    try {
      await this.#connect();
      this.onSignal(undefined);
    } catch (error) {
      this.report(error);
      this.#connectAfter(Math.min(2 * delay, LONGEST_RETRY_MS));
    }
  }
}
