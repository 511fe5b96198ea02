import { type Configuration, PostgreSqlConnection, PostgreSqlDriver } from '@mikro-orm/postgresql';
import type { PostgresDialect } from 'kysely';
import type { Pool, PoolConfig } from 'pg';
import { ReleasingDialect } from './releasing-dialect.js';

class ReleasingConnection extends PostgreSqlConnection {
  /** The ORM's own pool, with its types of values, under our dialect. */
  override createKyselyDialect(overrides: PoolConfig): PostgresDialect {
    let pool: Pool | undefined;
    const onPoolCreated = (made: Pool) => {
      pool = made;
    };
    super.createKyselyDialect({ ...overrides, onPoolCreated } as PoolConfig);
    return new ReleasingDialect(pool!);
  }
}

/** The ORM's driver for PostgreSQL, over connections that all come back to the pool. */
export class ReleasingDriver extends PostgreSqlDriver {
  protected override readonly connection: PostgreSqlConnection;

  constructor(config: Configuration) {
    super(config);
    this.connection = new ReleasingConnection(config);
  }
}
