import type { Pool, PoolClient } from 'pg';

/** Those connections of a pool that somebody holds. */
export class HeldConnections {
  readonly #held = new Set<PoolClient>();

  constructor(pool: Pool) {
    pool.on('acquire', (client) => this.#held.add(client));
    pool.on('release', (_error, client) => this.#held.delete(client));
  }

  /** Ends them: what runs on them fails, and who holds them gives them back. */
  end(): void {
    for (const client of this.#held)
      void (client as PoolClient & { end(): Promise<void> }).end().catch(() => undefined);
  }
}
