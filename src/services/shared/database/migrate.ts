import type { MikroORM } from '@mikro-orm/postgresql';
import { runMigrations as migrateJobs } from 'graphile-worker';

/** Any number: what matters is that every process of the product takes the same. */
const MIGRATION_LOCK = 7_031_402;

/** Brings the database's tables up to date; of several processes that start at once, one does it. */
export async function migrate(orm: MikroORM): Promise<void> {
  const pool = await orm.em.getConnection().getNativeClient();
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await orm.migrator.up();
    await migrateJobs({ pgPool: pool });
  } finally {
    // On a lost connection it fails, and the lock is gone with the session.
    const lost = await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).then(
      () => false,
      () => true,
    );
    client.release(lost);
  }
}
