import { Client } from 'pg';

/** How soon a lost connection is made anew, in milliseconds; each further attempt waits twice as long, up to the most. */
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5_000;
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Hears the signals that writers send after their commits, on a connection of its own; a lost one is made anew, by one
 * attempt at a time. A signal that is missed costs nothing but time: who follows the log looks by itself too.
 */
export class FeedSignal {
  #client: Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    private readonly databaseUrl: string,
    private readonly onSignal: () => void,
    private readonly report: (error: unknown) => void,
  ) {}

  /** Begins to hear; fails when the database cannot be reached. */
  async start(): Promise<void> {
    await this.#connect();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    await this.#client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new Client({
      connectionString: this.databaseUrl,
      application_name: 'switchboard-feed',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    });
    // What goes wrong is told by the failed call or by `end`; an error without a listener would end the process.
    client.on('error', () => undefined);
    client.on('notification', this.onSignal);
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
    client.once('end', () => this.#connectAfter(FIRST_RETRY_MS));
  }

  #connectAfter(delay: number): void {
    if (this.#stopped) return;
    this.#retry = setTimeout(() => void this.#connectAgain(delay), delay);
    this.#retry.unref();
  }

  async #connectAgain(delay: number): Promise<void> {
    try {
      await this.#connect();
      this.onSignal();
    } catch (error) {
      this.report(error);
      this.#connectAfter(Math.min(2 * delay, LONGEST_RETRY_MS));
    }
  }
}
