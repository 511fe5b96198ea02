import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { Migrator } from '@mikro-orm/migrations';
import { defineConfig, MikroORM } from '@mikro-orm/postgresql';
import 'reflect-metadata';
import { ENTITIES } from '../../../entities/entities.js';
import { MIGRATIONS } from '../../../migrations/migrations.js';
import { POOL_LIMITS } from './pool-limits.js';
import { ReleasingDriver } from './releasing-driver.js';

/** What every session of ours is set to: compiling a statement that answers at once would take longer than it. */
export const SESSION = '-c timezone=UTC -c statement_timeout=60s -c jit=off';

/**
 * Connects the ORM to a database.
 *
 * Every session speaks UTC, so that an instant leaves the database in one form. A statement or an idle transaction
 * that runs for longer than a minute is ended by the server: the event log is read up to the oldest running
 * transaction, so none may hold it up.
 */
export async function connectOrm(url: string, poolSize: number): Promise<MikroORM> {
  return MikroORM.init(
    defineConfig({
      driver: ReleasingDriver,
      clientUrl: url,
      entities: [...ENTITIES],
      metadataProvider: ReflectMetadataProvider,
      extensions: [Migrator],
      discovery: { warnWhenNoEntities: false },
      forceUtcTimezone: true,
      pool: { min: 0, max: poolSize },
      driverOptions: {
        ...POOL_LIMITS,
        // `begin` is sent with the statement after it (held-client.ts).
        pipeline: true,
        application_name: 'switchboard',
        options: `${SESSION} -c idle_in_transaction_session_timeout=60s`,
      },
      migrations: {
        tableName: 'migration',
        migrationsList: [...MIGRATIONS],
        snapshot: false,
        silent: true,
        transactional: true,
        allOrNothing: false,
      },
      schemaGenerator: {
        ignoreSchema: ['feed', 'graphile_worker'],
        ignoreTriggers: true,
        ignoreRoutines: true,
        skipTables: ['migration'],
      },
    }),
  );
}
