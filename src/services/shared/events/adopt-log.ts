import { sql } from 'kysely';
import { systemActor } from '../access/actor.js';
import type { Database } from '../database/database.js';

/** What became of the event log of the database that is started on. */
export interface AdoptedLog {
  /** Whether it came from another database and is another log now: every cursor of before is of no use. */
  readonly renewed: boolean;
  /** What the next restore may not be known by, in words. */
  readonly warning: string | undefined;
}

const UNKNOWN =
  'The database does not let this role ask which cluster it is, so that a restored or copied one may be taken for the ' +
  'one that it was: clients could miss events without being told. Allow it: grant execute on function ' +
  'pg_control_system(), pg_walfile_name(pg_lsn), pg_current_wal_lsn() to the role that DATABASE_URL names.';

/**
 * Makes the event log this database's own, where the database was restored from a dump or a backup, copied or promoted.
 *
 * It is one cheap statement where nothing of the kind happened. Of several processes that start at once, one does it.
 * What it does not know are the files of a cluster that were put back as they were, with nothing replayed: there a
 * cursor is known by its event, which the log does not have any more.
 */
export async function adoptLog(database: Database): Promise<AdoptedLog> {
  const [found] = await database.rows(sql<{ fingerprint: string; known: boolean | null }>`
    select f.fingerprint, f.fingerprint = p.mark as known from feed.epoch p, feed.fingerprint() as f(fingerprint)`);
  const { fingerprint, known } = found!;
  return {
    renewed: known ? false : await adopt(database),
    warning: fingerprint.includes('?') ? UNKNOWN : undefined,
  };
}

/** Numbers the kept events anew where it must, however many there are. */
async function adopt(database: Database): Promise<boolean> {
  return database.transact(systemActor('start'), async (work) => {
    await work.rows(sql`set local statement_timeout = 0`);
    const [row] = await work.rows(sql<{ outcome: string }>`select feed.adopt() as outcome`);
    return row!.outcome === 'renewed';
  });
}
