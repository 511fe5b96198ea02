import type { Pool, PoolClient } from 'pg';

interface Wire {
  readonly connection: { readonly stream: { destroy(): void } };
}

/** Those connections of a pool that somebody holds. */
export class HeldConnections {
  readonly #held = new Set<PoolClient>();

  constructor(pool: Pool) {
    pool.on('acquire', (client) => this.#held.add(client));
    pool.on('release', (_error, client) => this.#held.delete(client));
  }

  /**
   * Ends them: what runs on them fails, and who holds them gives them back. Their sockets are closed, since a client that
   * is asked to end may wait for what it has sent to be answered.
   */
  end(): void {
    for (const client of this.#held) (client as unknown as Wire).connection.stream.destroy();
  }
}
