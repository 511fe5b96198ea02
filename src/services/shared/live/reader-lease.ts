import { Client } from 'pg';

const CONNECT_TIMEOUT_MS = 5_000;
const QUERY_TIMEOUT_MS = 5_000;
/** The advisory lock of the node that reads the event log for all; each database has its own. */
const LOCK = [0x53_57_46_44, 1];

/**
 * The right to read the event log for all nodes: one at a time has it.
 *
 * PostgreSQL holds it on a connection of its own, and gives it free when the process ends in whatever way, or its machine
 * is no longer heard of. Two that both believe to have it for a moment do no harm: both send what the log holds.
 */
export class ReaderLease {
  #client: Client | undefined;
  #held = false;
  #stopped = false;
  #turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly databaseUrl: string,
    private readonly report: (error: unknown) => void,
  ) {}

  get held(): boolean {
    return this.#held;
  }

  /** Takes it if nobody has it; resolves when that is known, and never fails. */
  take(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#held || this.#stopped) return;
      const client = this.#client ?? (await this.#connect());
      this.#client = client;
      const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1, $2) as taken', LOCK);
      // The connection may have ended since.
      this.#held = rows[0]!.taken && this.#client === client;
    });
  }

  /**
   * Lets it go, so that another may take it; never fails.
   *
   * @returns whether it was held
   */
  async release(): Promise<boolean> {
    let held = false;
    await this.#inTurn(async () => {
      held = this.#held;
      this.#held = false;
      if (held) await this.#client?.query('select pg_advisory_unlock($1, $2)', LOCK);
    });
    return held;
  }

  /** Lets it go for good, and its connection too. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#inTurn(async () => this.#drop());
  }

  /** One step after the other; one that fails costs the connection, and with it the lease. */
  #inTurn(step: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(step).catch((error: unknown) => {
      this.report(error);
      return this.#drop();
    });
    return this.#turn;
  }

  async #connect(): Promise<Client> {
    const client = new Client({
      connectionString: this.databaseUrl,
      application_name: 'switchboard-reader',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
      keepAlive: true,
    });
    // What goes wrong is told by the failed call or by `end`; an error without a listener would end the process.
    client.on('error', () => undefined);
    client.once('end', () => {
      if (this.#client === client) this.#forget();
    });
    try {
      await client.connect();
      await client.query('set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3');
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    return client;
  }

  #forget(): void {
    this.#client = undefined;
    this.#held = false;
  }

  async #drop(): Promise<void> {
    const client = this.#client;
    this.#forget();
    await client?.end().catch(() => undefined);
  }
}
