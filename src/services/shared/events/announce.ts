import { sql } from 'kysely';
import type { Database } from '../database/database.js';

/** Tells of failures to announce; losing an announcement loses no event, since followers look by themselves too. */
export type Report = (error: unknown) => void;

/** What `announceOn` gives back. */
export interface Announcer {
  /** Resolves when every commit so far has been announced. */
  settled(): Promise<void>;
}

/**
 * Wakes those who follow the event log, in whatever process, after each transaction that recorded events.
 *
 * The signal says how far the log goes now. It goes out after the commit and outside of any transaction (a NOTIFY inside one takes a global lock at its
 * commit). Commits that come while one signal is on its way are announced by one more.
 */
export function announceOn(database: Database, report: Report = () => {}): Announcer {
  let latest: bigint | undefined;
  let sending: Promise<void> | undefined;
  const send = async () => {
    while (latest !== undefined) {
      const xid = String(latest);
      latest = undefined;
      await database.rows(sql`select pg_notify('feed', ${xid})`).catch(report);
    }
    sending = undefined;
  };
  database.onCommittedEvents = (xid) => {
    if (latest === undefined || xid > latest) latest = xid;
    sending ??= send();
  };
  return { settled: async () => sending };
}
