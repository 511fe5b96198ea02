import {
  type DatabaseConnection,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  type PostgresPool,
  type PostgresPoolClient,
  type TransactionSettings,
} from 'kysely';
import type { Pool } from 'pg';
import { HeldClient } from './held-client.js';

type Connection = Parameters<PostgresDriver['releaseConnection']>[0];

/** The pool as kysely sees it; without cursors, which nobody here reads by. */
function heldBy(pool: Pool): PostgresPool {
  return {
    options: pool.options,
    connect: async () => new HeldClient(await pool.connect()) as unknown as PostgresPoolClient,
    end: () => pool.end(),
  };
}

/**
 * Gives every transaction's connection back to the pool, also when the database cut the transaction off.
 *
 * Of itself kysely keeps the connection for good when `begin` or `rollback` fails: a pool would be used up by as many
 * lost connections as it has.
 */
class TransactionDriver extends PostgresDriver {
  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    try {
      await super.beginTransaction(connection, settings);
    } catch (error) {
      await this.releaseConnection(connection as Connection);
      throw error;
    }
  }

  /** Never fails: what cannot be rolled back is undone by the database when it sees the connection end. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch(() => undefined);
  }
}

/** PostgreSQL for kysely, over a pool whose connections all come back. */
export class ReleasingDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;

  constructor(pool: Pool) {
    const config = { pool: heldBy(pool) };
    super(config);
    this.#config = config;
  }

  override createDriver(): PostgresDriver {
    return new TransactionDriver(this.#config);
  }
}
